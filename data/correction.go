package data

// Correct gives a changed trainee as it stands towards the platform: after 平台已导入 another name or number is a 更正, which is
// reported again, and so is whatever was mended after 平台失败 (DOMAIN §6).
func Correct(stored, changed Trainee) Trainee {
	corrected := stored.Platform == PlatformImported && (changed.Name != stored.Name || changed.IDNumber != stored.IDNumber)
	mended := stored.Platform == PlatformFailed && len(TraineeChanges(stored, changed)) > 0
	if corrected || mended {
		changed.Platform, changed.PlatformReason = PlatformPending, ""
	}
	return changed
}
