// Package bundle writes and checks the 报盘包 (DOMAIN §8): a zip of workbooks, pictures and a checklist with a manifest that holds every
// file's SHA-256. It knows nothing of what the files say.
package bundle
