// Package backup writes and reads backup files: one encrypted copy of a database behind a header that can be read without a password.
//
// A file is, in this order: Magic; the header's length (4 bytes, big endian); the header as JSON; the SHA-256 of all that, by which
// damage is told from a wrong password; the header's seal (16 bytes); and the database in chunks of 64 KiB, each encrypted with
// AES-256-GCM (16 bytes longer). The last chunk is always shorter than the others, and may be empty. The key of a file is derived (HKDF)
// from the database's backup key and the header's random salt; the header's wraps give that key to whoever has a password. A nonce is
// the chunk's number and whether it is the header's seal, a chunk or the last one, so that no chunk can be left out, moved or added.
package backup
