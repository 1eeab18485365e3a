#!/bin/bash
# Makes a throw-away PKI for trying the gateway and for its tests.
#
#   make-pki.sh DIR
#
# NEVER USE ANY OF THIS IN PRODUCTION. Every key lies unencrypted on disk, the names are invented, and nobody
# checked anything before a certificate was issued.
#
# What is in DIR afterwards (NAME.key the private key, NAME.crt the certificate, NAME.chain.pem the certificate
# followed by its issuer without the root):
#   root             root CA: the trust anchor to configure
#   issuing          issuing CA under the root: issues everything below, so that chains have three levels
#   signer           electronic seal of the completing maker "Example Bodies"; also as signer.p12
#   chassis-signer   electronic seal of the stage-1 maker "Example Chassis"
#   server           TLS server on localhost and 127.0.0.1 (the simulated access point)
#   client           TLS client certificate of the gateway (mutual TLS)
#   expired          a seal whose validity is over
#   wrong-usage      a TLS-server-only certificate: may not sign documents
#   revoked          a seal that is listed on issuing.crl
#   other-root       another root that nobody trusts
#   other-signer     a seal under other-root
#   signer.p12, signer.p12.password   the key, certificate and issuer of `signer` as PKCS#12, and its password
#   issuing.crl      revocation list of the issuing CA (DER)
#
# Made in a folder beside DIR and renamed at the end: DIR is there whole or not at all. A complete DIR is left as
# it is. Needs bash and openssl 1.1.1 or later.
set -euo pipefail
export LC_ALL=C # ranges in file patterns mean bytes
umask 077 # private keys: readable by the owner only

[ $# -eq 1 ] || { echo "usage: make-pki.sh DIR" >&2; exit 2; }
target=${1%/}
# The last file that is made. DIR appears by one rename, so this one file vouches for all the others.
last=issuing.crl

complete() { [ -s "$target/$last" ]; }
if complete; then exit 0; fi
if [ -d "$target" ] && [ -n "$(ls -A "$target")" ]; then
  echo "make-pki.sh: $target has other files in it; name an empty or a new folder" >&2
  exit 1
fi

mkdir -p "$(dirname "$target")"
target=$(cd "$(dirname "$target")" && pwd)/$(basename "$target")
# What an earlier run left that was killed outright (others may be at work right now: only old ones).
find "$(dirname "$target")" -maxdepth 1 -type d -name "$(basename "$target").making.*" -mmin +10 -exec rm -rf {} +
work=$(mktemp -d "$target.making.XXXXXX")
trap 'kill $(jobs -p) 2> /dev/null || true; wait; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
cd "$work"

cat > openssl.cnf <<'CONFIG'
[req]
distinguished_name = name
prompt = no
[name]
CN = set by -subj

[root_ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[issuing_ca]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
# An electronic seal (EN 319 412-3): it signs, and the signer cannot deny it.
[seal]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, nonRepudiation
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[server]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost, IP:127.0.0.1
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[client]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
# Neither digitalSignature nor nonRepudiation.
[wrong_usage]
basicConstraints = critical, CA:FALSE
keyUsage = critical, keyEncipherment
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid

# The issuing CA's register, so that a certificate can be revoked and put on a list.
[ca]
default_ca = issuing
[issuing]
database = index.txt
serial = serial
crlnumber = crlnumber
new_certs_dir = .
certificate = issuing.crt
private_key = issuing.key
default_md = sha256
default_days = 730
default_crl_days = 3650
policy = any_name
unique_subject = no
[any_name]
countryName = optional
organizationName = optional
organizationIdentifier = optional
commonName = supplied
CONFIG
: > index.txt
echo 01 > crlnumber
# Random start: two such folders never have the same issuer name and serial number.
echo "0$(openssl rand -hex 8)" | head -c 16 > serial

# Runs openssl quietly, but shows what it said when it fails.
quiet() { openssl "$@" > openssl.log 2>&1 || { cat openssl.log >&2; exit 1; }; }

# Making the keys is nearly all of the work, so they are made side by side.
leaves="signer chassis-signer server client expired wrong-usage revoked"
jobs=()
for name in root issuing other-root other-signer $leaves; do
  openssl genrsa -out "$name.key" 2048 2> /dev/null &
  jobs+=($!)
done
for job in "${jobs[@]}"; do wait "$job"; done

# make_root NAME SUBJECT
make_root() {
  quiet req -new -x509 -key "$1.key" -sha256 -days 3650 -subj "$2" -config openssl.cnf -extensions root_ca -out "$1.crt"
}
# issue NAME EXTENSIONS SUBJECT [more options of `openssl ca`]: a certificate of the issuing CA
issue() {
  local name=$1 extensions=$2 subject=$3
  shift 3
  quiet req -new -key "$name.key" -subj "$subject" -config openssl.cnf -out "$name.csr"
  quiet ca -batch -notext -config openssl.cnf -extensions "$extensions" -in "$name.csr" -out "$name.crt" "$@"
  cat "$name.crt" issuing.crt > "$name.chain.pem"
}

make_root root "/C=NL/O=Example PKI/CN=Example Root CA"
quiet req -new -key issuing.key -subj "/C=NL/O=Example PKI/CN=Example Issuing CA" -config openssl.cnf -out issuing.csr
quiet x509 -req -in issuing.csr -CA root.crt -CAkey root.key -set_serial "0x$(openssl rand -hex 8)" -days 3650 -sha256 \
  -extfile openssl.cnf -extensions issuing_ca -out issuing.crt

bodies="/C=NL/O=Example Bodies/organizationIdentifier=NTRNL-00000001"
chassis="/C=DE/O=Example Chassis/organizationIdentifier=NTRDE-HRB000000"
issue signer seal "$bodies/CN=Example Bodies eCoC Seal"
issue chassis-signer seal "$chassis/CN=Example Chassis eCoC Seal"
issue server server "/O=Example Access Point/CN=localhost"
issue client client "$bodies/CN=Example Bodies eCoC Gateway"
issue expired seal "$bodies/CN=Example Bodies eCoC Seal (expired)" -startdate 20230101000000Z -enddate 20240101000000Z
issue wrong-usage wrong_usage "$bodies/CN=Example Bodies web server"
issue revoked seal "$bodies/CN=Example Bodies eCoC Seal (revoked)"

make_root other-root "/C=NL/O=Other PKI/CN=Other Root CA"
quiet req -new -key other-signer.key -subj "$bodies/CN=Example Bodies eCoC Seal" -config openssl.cnf -out other-signer.csr
quiet x509 -req -in other-signer.csr -CA other-root.crt -CAkey other-root.key -set_serial "0x$(openssl rand -hex 8)" \
  -days 730 -sha256 -extfile openssl.cnf -extensions seal -out other-signer.crt
cp other-signer.crt other-signer.chain.pem

openssl rand -hex 16 > signer.p12.password
quiet pkcs12 -export -name "eCoC seal" -inkey signer.key -in signer.crt -certfile issuing.crt \
  -passout file:signer.p12.password -out signer.p12

quiet ca -config openssl.cnf -revoke revoked.crt -crl_reason keyCompromise
quiet ca -config openssl.cnf -gencrl -out crl.pem

# Certificates may be read by everybody; only keys and the password stay private.
chmod 755 .
chmod 644 ./*.crt ./*.chain.pem
quiet crl -in crl.pem -outform DER -out "$last"
chmod 644 "$last"
rm -f ./*.csr ./index.txt* ./crlnumber* ./serial* ./crl.pem ./openssl.cnf ./openssl.log ./[0-9A-F]*.pem

# One step: either the whole folder is there or none of it. Two runs at once: the second one finds it complete.
cd /
mv -T "$work" "$target" 2> /dev/null || complete || { echo "make-pki.sh: cannot rename to $target" >&2; exit 1; }
