package cli

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"peixun/app"
	"peixun/data/datatest"
)

const (
	problemKeys = "field,level,code,message,fix"
	importKeys  = "rows,new,updated,unchanged,failed,skipped,fixed,warned,written,problems"
	summaryKeys = "number,state,invoice_state,total,people,plan,plan_name,mode,organizations,applicant,applicant_unit,created_at,paid_at,applied_at,reviewed_at,batch"
	orderKeys   = summaryKeys + ",revision,lines,payer,payee,transaction,vouchers,invoice,review_note,events"
	paperKeys   = "number,sha256,pages"
	countKeys   = "trainees,orders,batches,recharges,hours,vouchers,letters,statements"
)

// TestShapes holds every command's JSON fields, which scripts rely on.
func TestShapes(t *testing.T) {
	files := batchReady(t)
	people := roster(t, files, 6)
	hours := write(t, files, "学时.csv", fmt.Sprintf("姓名,身份证号,培训名称,开始日期,结束日期,学时\n%s,%s,讲座,2022-05-09,2022-05-10,8\n", datatest.Name(1), datatest.IDNumber(1)))
	bank := write(t, files, "流水.csv", "交易日期,对方户名,支出,收入\n2022-06-14,国培网（北京）教育科技有限公司,16000,\n")
	xml := write(t, files, "发票.xml", `<?xml version="1.0" encoding="UTF-8"?><EInvoice><TaxSupervisionInfo><InvoiceNumber>2211700</InvoiceNumber></TaxSupervisionInfo></EInvoice>`)
	out := filepath.Join(files, "out")
	cases := []struct {
		arguments string
		keys      string            // of the object, or of each object in the array
		parts     map[string]string // keys of the objects in a field
	}{
		{"profile", "name,department,mobile,phone,email,unit,uscc,address,postcode,missing", nil},
		{"import trainees " + people, importKeys, nil},
		{"import hours --plan " + plan2022 + " " + hours, importKeys, nil},
		{"import statement " + bank, "lines,new,already,noise,problems", nil},
		{"template trainees --out " + out, "file", nil},
		{"template hours --out " + out, "file", nil},
		{"recharge --batch XK-2022-0001 --amount 3200 --org 院本部/外科", "run,count,total,left,already,refused", nil},
		{"recharge reverse 1 --reason 充错", "run,count,total,left,already,refused", nil},
		{"letter --order JF-2022-0001 --out " + out, paperKeys, nil},
		{"label --out " + out, paperKeys, nil},
		{"sheet request --order JF-2022-0001 --out " + out, paperKeys, nil},
		{"sheet order --order JF-2022-0001 --out " + out, paperKeys, nil},
		{"sheet hours --plan " + plan2022 + " --out " + out, paperKeys, nil},
		{"order new --plan " + plan2022, "number,state,total,missing,warnings", map[string]string{"missing": problemKeys}},
		{"order show JF-2022-0001", orderKeys, map[string]string{"lines": "organization,people,amount", "vouchers": "name,type,width,height,size,sha256",
			"events": "at,user,action,detail"}},
		{"order invoice JF-2022-0001 --number 2211700 --date 2022-06-24", orderKeys, nil},
		{"order attach-invoice JF-2022-0001 --file " + xml, "number,file,type,sha256,checks", map[string]string{"checks": "label,said,typed,agrees"}},
		{"order reverse-invoice JF-2022-0001 --date 2022-06-25 --reason 抬头开错", orderKeys, nil},
		{"order refill-invoice JF-2022-0001 --title 北京市第九实验医院", orderKeys, nil},
		{"order void JF-2022-0002 --reason 不要了", orderKeys, nil},
		{"list trainees", "username,name,id_number,mobile,organization,payer,status,balance,platform_state", nil},
		{"list organizations", "path,name,parent,depth,payer,people", nil},
		{"list plans", "number,name,publisher,measure,target,year,starts_at,ends_at,modifiable,price", nil},
		{"list orders", summaryKeys, nil},
		{"list batches", "number,order,plan,face,used,left,created_at", nil},
		{"list recharges", "entry,run,batch,order,username,name,organization,amount,at,reversal_of,reversed_by,reason,kind,state", nil},
		{"list hours", "entry,username,name,id_number,organization,plan,title,category,form,organizer,place,starts_on,ends_on,hours,result,certificate", nil},
		{"list letters", "number,order,plan,state,total,people,created_at,sha256", nil},
		{"list statement", "entry,at,out,in,balance,name,number,summary,purpose,serial,account", nil},
		{"list audit", "entry,at,user,action,target,detail,hash", nil},
		{"reconcile", "month,lines,matched,proposed,differences", map[string]string{"matched": "lines,orders,amount,score,reason"}},
		{"pack --out " + files, "file,number,counts", map[string]string{"counts": "trainees,changes,orders,hours,recharges"}},
		{"reply --kind trainees --rest-accepted " + write(t, files, "错误报告.csv", "姓名,错误原因\n"+datatest.Name(1)+",重复\n"), "file,number,counts,problems",
			map[string]string{"counts": "accepted,refused,unchanged,failed"}},
		{"report orders", "report,by,groups,total,file", map[string]string{"groups": "label,depth,figures", "total": "amount,approved,invoiced,lines,people,recharged,submitted"}},
		{"check", "ok,invariants", map[string]string{"invariants": "name,ok,detail"}},
		{"backup --out " + filepath.Join(files, "备份.pxbak"), "file,unit,at,size,counts", map[string]string{"counts": countKeys}},
		{"restore " + filepath.Join(files, "备份.pxbak"), "file,unit,at,counts,before,lost,aside,backup", map[string]string{"counts": countKeys, "before": countKeys}},
		{"version", "version,go,sqlite,renderer,system", nil},
		{"help", "name,usage,summary", nil},
	}
	for _, c := range cases {
		t.Run(c.arguments, func(t *testing.T) {
			whole := value[json.RawMessage](t, 0, strings.Fields(c.arguments)...)
			objects := objectsOf(t, whole)
			for _, object := range objects {
				if got := fields(t, object); got != c.keys {
					t.Errorf("fields are %s\nwant %s", got, c.keys)
				}
			}
			for part, keys := range c.parts {
				var parts map[string]json.RawMessage
				if err := json.Unmarshal(whole, &parts); err != nil {
					t.Fatal(err)
				}
				for _, object := range objectsOf(t, parts[part]) {
					if got := fields(t, object); got != keys {
						t.Errorf("fields of %s are %s, want %s", part, got, keys)
					}
				}
			}
		})
	}
}

// objectsOf gives the objects of an array, which must not be empty, or the object itself.
func objectsOf(t *testing.T, value json.RawMessage) []json.RawMessage {
	t.Helper()
	if value[0] == '{' {
		return []json.RawMessage{value}
	}
	var objects []json.RawMessage
	if err := json.Unmarshal(value, &objects); err != nil || len(objects) == 0 {
		t.Fatalf("no objects in %s: %v", value, err)
	}
	return objects
}

func TestEmptyListsAreEmptyArrays(t *testing.T) {
	unitReady(t)
	for _, list := range []string{"trainees", "orders", "batches", "recharges", "hours", "letters"} {
		if got := must(t, 0, "list", list, "--json"); strings.TrimSpace(got.out) != "[]" {
			t.Errorf("list %s gives %q", list, got.out)
		}
		if got := must(t, 0, "list", list); got.out != "（没有记录）\n" {
			t.Errorf("list %s tells people %q", list, got.out)
		}
	}
}

func TestIdentifiersAreTextsAndAmountsAreWholeFen(t *testing.T) {
	batchReady(t)
	must(t, 0, "recharge", "--batch", "XK-2022-0001", "--amount", "0.07", "--all")
	entry := value[[]map[string]any](t, 0, "list", "recharges")[0]
	if entry["entry"] != "5" || entry["amount"] != 7.0 || entry["reversal_of"] != "" || entry["username"] != app.MaskIDNumber(datatest.IDNumber(5)) {
		t.Errorf("entry %v", entry)
	}
	plan := must(t, 0, "list", "plans", "--json").out
	if !strings.Contains(plan, `"number":"20220301161802103"`) || !strings.Contains(plan, `"target":30.00`) {
		t.Errorf("plans: %s", plan)
	}
	payee := value[orderReply](t, 0, "order", "show", "JF-2022-0001").Payee
	if payee.Account != "110060593018800003058" {
		t.Errorf("payee's account %q", payee.Account)
	}
}

func TestHelpListsEveryCommand(t *testing.T) {
	text := must(t, 0, "help").out
	for _, c := range commands() {
		if !strings.Contains(text, c.usageLine()) {
			t.Errorf("help lacks %s", c.name)
		}
		for _, arguments := range [][]string{append(strings.Fields(c.name), "--help"), append([]string{"help"}, strings.Fields(c.name)...)} {
			if got := must(t, 0, arguments...); !strings.HasPrefix(got.out, "peixun "+c.name) {
				t.Errorf("%v tells %q", arguments, got.out)
			}
		}
	}
	if got := value[[]commandItem](t, 0, "help", "order"); len(got) != 12 || got[0].Name != "order new" {
		t.Errorf("help order lists %v", got)
	}
}

func TestUsageNamesEveryFlag(t *testing.T) {
	for _, c := range commands() {
		f := newFlags("")
		c.prepare(f)
		for _, name := range declared(f) {
			if name != "help" && name != "h" && !strings.Contains(c.flags, "--"+name) {
				t.Errorf("the usage of %s lacks --%s", c.name, name)
			}
		}
		for _, word := range strings.FieldsFunc(c.flags, func(r rune) bool { return strings.ContainsRune(" []()|", r) }) {
			if name, ok := strings.CutPrefix(word, "--"); ok && !slices.Contains(declared(f), name) {
				t.Errorf("the usage of %s names --%s, which it does not have", c.name, name)
			}
		}
	}
}
