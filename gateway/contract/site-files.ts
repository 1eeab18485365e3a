/**
 * Files of the site, by the names that a connector's configuration gives. A connector keeps none of them: a password or key
 * that was replaced counts from the next call on.
 */
export interface SiteFiles {
  /** A name of the configuration as a path: relative names are relative to the configuration's folder. */
  path(name: string): string
  /**
   * The content of a key or certificate, as it stands now; at most 1 MiB.
   * @throws GatewayError CFG-013 when it cannot be read
   */
  read(name: string): Promise<Buffer>
  /**
   * A password or token: the first line of the file, without its end.
   * @throws GatewayError CFG-013 when it cannot be read
   */
  secret(name: string): Promise<string>
}
