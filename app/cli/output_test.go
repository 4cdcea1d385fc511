package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"peixun/data"
)

func TestTablesLineUpHanzi(t *testing.T) {
	var out strings.Builder
	writeColumns(&out, [][]string{{"姓名", "余额"}, {"欧阳若溪", "1.00"}, {"Li", "-3,200.00"}, {"苗", ""}})
	want := "姓名      余额\n欧阳若溪  1.00\nLi        -3,200.00\n苗\n"
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", out.String(), want)
	}
}

func TestPeopleReadTheSameAsScripts(t *testing.T) {
	files := batchReady(t)
	cases := []struct {
		arguments string
		shows     []string
	}{
		{"profile", []string{"姓名：赵晓岚", "手机号：13800000417"}},
		{"list batches", []string{"批次号", "XK-2022-0001", "16,000.00"}},
		{"list plans", []string{"20220301161802103", "30.00"}},
		{"order show JF-2022-0001", []string{"审核状态：审核通过", "***************2345", "回单.png", "新建草稿"}},
		{"order new --plan " + plan2022, []string{"订单号：JF-2022-0002", "还差", "还没有选择缴费组织"}},
		{"recharge --batch XK-2022-0001 --amount 1 --org 院本部/外科", []string{"2     2.00"}},
		{"letter --order JF-2022-0001 --out " + files + "/l.pdf", []string{"编号：QR-2022-0001"}},
		{"check", []string{"数据库结构完整", "是"}},
		{"version", []string{"Go：go1."}},
	}
	for _, c := range cases {
		t.Run(c.arguments, func(t *testing.T) {
			got := must(t, 0, strings.Fields(c.arguments)...)
			for _, words := range c.shows {
				if !strings.Contains(got.out, words) {
					t.Errorf("lacks %q:\n%s", words, got.out)
				}
			}
			if strings.Contains(got.out, "{") || got.messages != "" {
				t.Errorf("stdout %q, stderr %q", got.out, got.messages)
			}
		})
	}
}

// brokenPipe is a reader of the program's output that has gone away.
type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestOutputThatCannotBeWrittenFails(t *testing.T) {
	var messages strings.Builder
	if exit := Run(t.Context(), []string{"version"}, strings.NewReader(""), brokenPipe{}, &messages); exit != exitFailed {
		t.Errorf("exit %d", exit)
	}
	if strings.Contains(messages.String(), "broken pipe") || !strings.Contains(messages.String(), "PEIXUN_DEBUG") {
		t.Errorf("stderr %q", messages.String())
	}
}

// What is written piece by piece is what the encoder writes as one.
func TestLongRepliesAreTheSameJSON(t *testing.T) {
	some := []rowProblem{{Sheet: "a<b>", Row: 2, Column: "姓名", Level: data.LevelError, Code: "name-missing", Message: "没有“]}”。", Fix: "补"}, {Row: 3, Level: data.LevelFixed}}
	for _, problems := range [][]rowProblem{{}, some[:1], some} {
		whole := importReply{Rows: 7, New: 1, Written: true, Problems: problems}
		var got, want bytes.Buffer
		if err := writeReply(&got, reply{value: whole}, true); err != nil {
			t.Fatal(err)
		}
		encoder := json.NewEncoder(&want)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(whole); err != nil || got.String() != want.String() {
			t.Errorf("%v\n got %s\nwant %s", err, got.String(), want.String())
		}
	}
}
