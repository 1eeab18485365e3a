/** MariaDB speaks MySQL's protocol and, for all that is asked of it here, its SQL. */
export { default } from './mysql.ts'
