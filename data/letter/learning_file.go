package letter

import (
	"io"
	"strconv"

	"peixun/data"
)

// LearningFile writes the 学习档案 of one person in A4: every year's hours against the plan's 考核值, and the trainings that they come from.
func LearningFile(w io.Writer, p data.LearningPaper) (pages int, err error) {
	c := newCanvas(a4, "学习档案", p.At.Time())
	pages = c.sheet(listFrame, learningBlocks(p), furniture{name: "学习档案", unit: p.Unit, note: titled("制表 ", moment(p.At))})
	return c.finish(w, "learning file", pages)
}

func learningBlocks(p data.LearningPaper) []block {
	area := listFrame
	form := newTable(area, listSpacing, 24, 61, 24, 61)
	blocks := listTitle(area, "学习档案", titled("单位：", p.Unit), "")
	blocks = append(blocks, joined(
		pairs(form, "姓　　名", p.Trainee.Name, "证件号码", p.Trainee.IDNumber),
		pairs(form, "组织机构", p.Organization, "人员类别", p.Trainee.Category))...)
	years := newList(area, column{"年度", 14, alignCentre}, column{"培训计划编号", 42, alignCentre}, column{"考核值", 20, alignRight}, column{"线下学时", 22, alignRight},
		column{"网络学时", 22, alignRight}, column{"合计", 20, alignRight}, column{"达标", 30, alignCentre})
	var rows []block
	for _, year := range p.Years {
		done := "是"
		if missing := year.Missing(); missing > 0 {
			done = "差 " + missing.String()
		}
		rows = append(rows, years.entry(nil, strconv.Itoa(year.Plan.Year), year.Plan.Number, year.Plan.Target.String(), year.Offline.String(), year.Network.String(),
			year.Total().String(), done)...)
	}
	rows = under(years.heading(), rows)
	rows[0].before = 3
	blocks = append(blocks, rows...)
	blocks = append(blocks, trainingRows(p, area)...)
	note := paragraph{style: noteStyle, lead: listSpacing.lead, before: 2, how: alignJustified, keep: true}
	blocks = append(blocks, note.blocks("本档案记载单位登记的学时；平台上的线上学时以平台为准，不在其内。", area)...)
	return joined(blocks, signRows(area, 4, []string{"本人：", "制表人：" + p.PreparedBy, "单位负责人："}), missingNote(area, MissingFrom(p)))
}

// trainingRows list the trainings, the oldest first.
func trainingRows(p data.LearningPaper, area frame) []block {
	if len(p.Records) == 0 {
		return nil
	}
	trainings := newList(area, column{"日期", 48, alignCentre}, column{"培训名称", 58, alignLeft}, column{"类别", 14, alignCentre}, column{"学时", 16, alignRight},
		column{"证明编号", 34, alignLeft})
	var rows []block
	for _, record := range p.Records {
		days := string(record.StartsOn)
		if record.EndsOn != record.StartsOn {
			days += " 至 " + string(record.EndsOn)
		}
		rows = append(rows, trainings.entry(nil, days, record.Title, record.Category, record.Hours.String(), record.Certificate)...)
	}
	rows = under(trainings.heading(), rows)
	rows[0].before = 3
	return rows
}
