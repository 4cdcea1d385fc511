package data

// Correct gives a changed trainee as it stands towards the platform: after 平台已导入 another name or number is a 更正, which is
// reported again (DOMAIN §6).
func Correct(stored, changed Trainee) Trainee {
	if stored.Platform == PlatformImported && (changed.Name != stored.Name || changed.IDNumber != stored.IDNumber) {
		changed.Platform, changed.PlatformReason = PlatformPending, ""
	}
	return changed
}
