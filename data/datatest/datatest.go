// Package datatest makes data for tests: factories fill in what the test leaves out.
package datatest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"peixun/data"
	"peixun/data/sqlite"
	"peixun/data/vault"
)

// Now is the fixed time of a test's store.
var Now = time.Date(2022, 6, 17, 13, 2, 11, 0, data.Shanghai)

// Store opens an unlocked store in a temporary folder, with a root organisation (key 1) and the manual's plans.
func Store(t testing.TB) *sqlite.Store {
	t.Helper()
	store, err := sqlite.Open(context.Background(), t.TempDir(), Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	opened, err := vault.New(vault.NewKey())
	if err != nil {
		t.Fatal(err)
	}
	store.Unlock(opened)
	err = store.Write(context.Background(), func(tx *sqlite.Tx) error {
		if _, err := tx.AddOrganization(data.Organization{Name: "北京市第九实验医院"}); err != nil {
			return err
		}
		for _, plan := range data.ManualPlans {
			if _, err := tx.SavePlan(plan); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// surnames and given make names that differ and sort; all are invented.
var (
	surnames = []rune("陈方沈林周何许郭罗宋唐韩冯邓曹彭曾卢傅贺季顾苗裴阮霍虞晏霍纪")
	given    = []string{"若溪", "奕", "知远", "晚晴", "子衿", "嘉言", "清禾", "景行", "心怡", "明澈", "语桐", "立夏", "书瑶", "世衡", "芷汀", "远帆", "以宁", "见秋", "云舟", "知南"}
)

// Name gives the n-th invented person's name.
func Name(n int) string {
	return string(surnames[n%len(surnames)]) + given[n/len(surnames)%len(given)]
}

// IDNumber gives the n-th valid resident ID; up to 900,000 of them differ (GB 11643-1999).
func IDNumber(n int) string {
	born := time.Date(1965, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n%12000)
	body := fmt.Sprintf("1101%02d%s%03d", 1+n/12000%9, born.Format("20060102"), 100+n/12000*3%900)
	weights := []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for place, weight := range weights {
		sum += int(body[place]-'0') * weight
	}
	return body + "10X98765432"[sum%11:][:1]
}

// Mobile gives the n-th mobile.
func Mobile(n int) string { return fmt.Sprintf("138%08d", n) }

var made int

// Trainee makes a valid trainee of the root organisation, not stored; change sets what the test cares for.
func Trainee(change ...func(*data.Trainee)) data.Trainee {
	made++
	trainee := data.Trainee{
		Name: Name(made), DocumentType: data.DocumentResidentID, IDNumber: IDNumber(made), Sex: "男", Birth: "1990-03-07", Mobile: Mobile(made),
		OrganizationID: 1, Category: "专业技术人员", Status: data.TraineeEnabled, Platform: data.PlatformPending,
		CreatedAt: data.MomentOf(Now), UpdatedAt: data.MomentOf(Now),
	}
	for _, set := range change {
		set(&trainee)
	}
	return trainee
}
