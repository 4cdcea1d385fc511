package data

import "testing"

func TestLinesOfTheLogLeadToWhatTheyAreAbout(t *testing.T) {
	for target, want := range map[string]CheckPlace{
		"学员 12":                     {PlaceTrainee, "12", "学员 12"},
		"JF-2022-0001":              {PlaceOrder, "JF-2022-0001", "JF-2022-0001"},
		"JF-2022-0001、JF-2022-0002": {PlaceOrder, "JF-2022-0001", "JF-2022-0001"},
		"QR-2022-0001":              {PlaceLetter, "QR-2022-0001", "QR-2022-0001"},
		"学员":                        {},
		"学员名单":                      {},
		"学员 甲":                      {},
		"":                          {},
	} {
		if got := (AuditEntry{Target: target}).Place(); got != want {
			t.Errorf("%q leads to %+v, want %+v", target, got, want)
		}
	}
}

func TestKindsOfActions(t *testing.T) {
	for action, want := range map[string]AuditKind{
		"login": AuditAccess, "login.recovery": AuditAccess, "order.approve": AuditOrders, "order.reveal": AuditDisclosure,
		"trainee.reveal-all": AuditDisclosure, "submission.write": AuditDisclosure, "submission.reply": AuditSubmissions,
		"import.hours": AuditHours, "backup": AuditSafety, "nobody knows": AuditSettings,
	} {
		if got := KindOfAction(action); got != want {
			t.Errorf("%s is %s, want %s", action, got, want)
		}
	}
}
