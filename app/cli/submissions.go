package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"peixun/app"
	"peixun/data"
)

// packReply tells of a 报盘包 that was written.
type packReply struct {
	File   string     `json:"file" label:"文件"`
	Number string     `json:"number" label:"编号"`
	Counts packCounts `json:"counts"`
}

// packCounts are the rows of a package's files.
type packCounts struct {
	Trainees  int `json:"trainees" label:"学员导入"`
	Changes   int `json:"changes" label:"学员变更"`
	Orders    int `json:"orders" label:"缴费订单"`
	Hours     int `json:"hours" label:"线下学时"`
	Recharges int `json:"recharges" label:"充值"`
}

// backReply tells what a 回盘 recorded.
type backReply struct {
	File     string       `json:"file" label:"文件"`
	Number   string       `json:"number" label:"报盘包"`
	Counts   backCounts   `json:"counts"`
	Problems []rowProblem `json:"problems"`
}

type backCounts struct {
	Accepted  int `json:"accepted" label:"接收"`
	Refused   int `json:"refused" label:"退回"`
	Unchanged int `json:"unchanged" label:"早已登记"`
	Failed    int `json:"failed" label:"没有登记"`
}

// verifiedReply tells of a package that is whole and our own.
type verifiedReply struct {
	Number   string      `json:"number" label:"编号"`
	Unit     string      `json:"unit" label:"单位"`
	Plan     string      `json:"plan" label:"培训计划"`
	At       data.Moment `json:"at" label:"时间"`
	Files    int         `json:"files" label:"文件数"`
	Previous string      `json:"previous" label:"上一个包"`
}

func submissionCommands() []command {
	return []command{
		{name: "pack", flags: "--out 文件夹 [--plan 计划编号] [--everything] [--without-faulty]",
			summary: "生成报盘包：只含上次以后新增、更正和被退回的，--everything 为全部", prepare: preparePack},
		{name: "verify", words: []string{"报盘包.zip"}, summary: "核对报盘包：每个文件与清单一致、是本单位做的",
			prepare: func(*flags) action {
				return func(ctx context.Context, c *call) (reply, error) {
					manifest, err := c.app.VerifySubmission(ctx, c.words[0])
					if err != nil {
						return reply{}, err
					}
					found := verifiedReply{Number: manifest.Number, Unit: manifest.Unit, Plan: manifest.Plan, At: manifest.At, Files: len(manifest.Files)}
					if manifest.Previous != nil {
						found.Previous = manifest.Previous.Number
					}
					return reply{value: found, text: func(w io.Writer) { writeFields(w, found) }}, nil
				}
			}},
		{name: "reply", words: []string{"文件"}, flags: "[--package 编号] [--kind trainees|orders|hours|recharges] [--rest-accepted] [--uploaded 上传的文件] [--dry-run]",
			summary: "登记回盘：平台的结果表、错误报告或名单；不写 --package 就是最近的报盘包", prepare: prepareReply},
	}
}

func preparePack(f *flags) action {
	out, plan, everything, without := f.need("out"), f.text("plan"), f.flag("everything"), f.flag("without-faulty")
	return func(ctx context.Context, c *call) (reply, error) {
		request := app.SubmissionRequest{Everything: *everything, WithoutFaulty: *without}
		chosen, err := c.app.CurrentPlan(ctx)
		if *plan != "" {
			chosen, err = c.app.PlanByNumber(ctx, *plan)
		}
		if err != nil {
			return reply{}, err
		}
		request.PlanID = chosen.ID
		planned, err := c.app.PlanSubmission(ctx, request)
		if err != nil {
			return reply{}, err
		}
		made, err := c.app.WriteSubmission(ctx, planned, *out, nil)
		if err != nil {
			return reply{}, err
		}
		packed := packReply{File: made.Path, Number: made.Number, Counts: countItems(planned.Items)}
		return reply{value: packed, text: func(w io.Writer) {
			fmt.Fprintln(w, "已写出", packed.File)
			writeTable(w, []packCounts{packed.Counts})
			for _, held := range planned.HeldBack {
				fmt.Fprintf(w, "%s：%s%s\n", held.Item.Label, held.What, held.Fix)
			}
		}, refused: len(planned.LeftOut) > 0}, nil
	}
}

func countItems(items []data.SubmissionItem) packCounts {
	var counts packCounts
	for _, item := range items {
		switch {
		case item.Kind == data.SubjectOrder:
			counts.Orders++
		case item.Kind == data.SubjectHours:
			counts.Hours++
		case item.Kind == data.SubjectRecharge:
			counts.Recharges++
		case strings.HasPrefix(item.File, strings.TrimSuffix(data.ChangesFile, ".xlsx")):
			counts.Changes++
		default:
			counts.Trainees++
		}
	}
	return counts
}

// subjectKinds are the words of --kind.
var subjectKinds = map[string]data.SubjectKind{"": "", "trainees": data.SubjectTrainee, "orders": data.SubjectOrder, "hours": data.SubjectHours, "recharges": data.SubjectRecharge}

func prepareReply(f *flags) action {
	number, kind, uploaded := f.text("package"), f.text("kind"), f.text("uploaded")
	rest, dry := f.flag("rest-accepted"), f.flag("dry-run")
	return func(ctx context.Context, c *call) (reply, error) {
		subject, known := subjectKinds[*kind]
		if !known {
			return reply{}, f.wrong("--kind 后面是 trainees、orders、hours 或 recharges。")
		}
		submission, err := packageOf(ctx, c, *number)
		if err != nil {
			return reply{}, err
		}
		plan, err := c.app.PlanReply(ctx, c.words[0], app.ReplyOptions{SubmissionID: submission.ID, Kind: subject, RestAccepted: *rest, Uploaded: *uploaded})
		if err != nil {
			return reply{}, err
		}
		answer := backReply{File: plan.File, Number: submission.Number, Problems: []rowProblem{}}
		answer.Counts.Accepted, answer.Counts.Refused, answer.Counts.Failed = plan.Count()
		if !*dry {
			result, err := c.app.CommitReply(ctx, plan)
			if err != nil {
				return reply{}, err
			}
			answer.Counts = backCounts{Accepted: result.Accepted, Refused: result.Refused, Unchanged: result.Unchanged, Failed: answer.Counts.Failed + len(result.Orders)}
			plan.Rows = append(plan.Rows, result.Orders...)
		}
		for _, row := range plan.Rows {
			if row.Problem != nil {
				answer.Problems = append(answer.Problems, rowItem(*row.Problem, "", row.Row))
			}
		}
		return reply{value: answer, text: answer.write, refused: answer.Counts.Failed > 0}, nil
	}
}

// packageOf finds the package that an answer is to: the one named, else the newest that stands.
func packageOf(ctx context.Context, c *call, number string) (data.Submission, error) {
	all, err := c.app.Submissions(ctx)
	if err != nil {
		return data.Submission{}, err
	}
	for _, submission := range all {
		if submission.Number == number || number == "" && submission.WithdrawnAt == "" {
			return submission, nil
		}
	}
	return data.Submission{}, data.Refuse("package-not-found", "package", "找不到这个报盘包。", "请用 peixun list audit 或程序里的“报盘回盘”查看编号。").Because(data.ErrNotFound)
}

func (r backReply) write(w io.Writer) {
	fmt.Fprintln(w, "报盘包", r.Number)
	writeTable(w, []backCounts{r.Counts})
	for _, problem := range r.Problems {
		fmt.Fprintf(w, "第 %d 行：%s%s\n", problem.Row, problem.Message, problem.Fix)
	}
}
