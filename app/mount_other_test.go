//go:build !linux

package app_test

import "errors"

func mountSmall(string) (unmount func(), err error) { return nil, errors.ErrUnsupported }
