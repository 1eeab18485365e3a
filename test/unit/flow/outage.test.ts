import { test } from 'tap'
import { provesOutage } from '../../support/outage-story.ts'

test('an access point that is gone for a day: probed once a minute, drained in order per VIN, told once', async (t) => {
  await provesOutage(t, { queued: 300, hours: 24 })
})
