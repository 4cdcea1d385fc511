package app

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"peixun/data"
	"peixun/data/letter"
	"peixun/data/sqlite"
)

// letterSetting is the key under which the unit's choice for its letters is stored.
const letterSetting = "letter"

// LetterSettings gives the wording and recipient that the unit chose for its letters. Blocks that it left alone are empty.
func (a *App) LetterSettings(ctx context.Context) (data.LetterSettings, error) {
	return query(a, ctx, letterSettings)
}

func letterSettings(tx *sqlite.Tx) (data.LetterSettings, error) {
	settings := data.LetterSettings{Recipient: data.LetterRecipients[0], SendWithin: data.DefaultSendWithin, ReturnWithin: data.DefaultReturnWithin}
	text, err := tx.Setting(letterSetting, "{}")
	if err != nil {
		return settings, err
	}
	if err := json.Unmarshal([]byte(text), &settings); err != nil {
		return settings, fmt.Errorf("%w: letter settings: %w", data.ErrDamaged, err)
	}
	return settings, nil
}

// letterAddress is where the letter goes: the manual's address, with the recipient that the unit chose.
func letterAddress(tx *sqlite.Tx) (data.MailingAddress, error) {
	settings, err := letterSettings(tx)
	to := data.DefaultMailingAddress
	to.Recipient = settings.Recipient + "（收）"
	return to, err
}

// SaveLetterSettings stores the wording and recipient for all letters that are made from now on. It refuses a placeholder
// that it does not know, and personal numbers.
func (a *App) SaveLetterSettings(ctx context.Context, settings data.LetterSettings) error {
	settings.Recipient = strings.TrimSuffix(data.CleanText(settings.Recipient), "（收）")
	if settings.Recipient == "" {
		settings.Recipient = data.LetterRecipients[0]
	}
	for _, days := range []int{settings.SendWithin, settings.ReturnWithin} {
		if days < 1 || days > data.LongestWithin {
			return data.Refuse("letter-days", "days", "提醒的天数不对。", "请填写 1–366 的整数。")
		}
	}
	if problems := letter.JudgeWording(settings.Text); len(problems) > 0 {
		return problems[0]
	}
	if data.LooksLikeIDNumber(strings.Join([]string{settings.Text.Title, settings.Text.Opening, settings.Text.Declaration, settings.Text.Closing, settings.Recipient}, " ")) {
		return data.Refuse("id-in-wrong-column", "opening", "确认书的文字里有证件号。", "请删去证件号后再保存，证件号在名单里列出。")
	}
	text, err := json.Marshal(settings)
	if err != nil {
		return err
	}
	return a.write(ctx, func(tx *sqlite.Tx, user string) error {
		if err := tx.SetSetting(letterSetting, string(text)); err != nil {
			return err
		}
		return a.log(tx, user, "letter.settings", "确认书", "修改确认书的文字和收件人")
	}, LettersChanged)
}

// DraftLetter writes what a letter would look like with settings that are not stored: on the newest order that can have
// one, or on an invented one. It takes no number. Words in braces that it does not know are refused.
func (a *App) DraftLetter(ctx context.Context, w io.Writer, settings data.LetterSettings) (Written, error) {
	if problems := letter.JudgeWording(settings.Text); len(problems) > 0 {
		return Written{}, problems[0]
	}
	content, err := query(a, ctx, func(tx *sqlite.Tx) (data.LetterContent, error) {
		for _, state := range []data.ReviewState{data.ReviewApproved, data.ReviewSubmitted} {
			if ids, err := tx.OrderIDs(data.OrderQuery{Review: state}); err != nil || len(ids) > 0 {
				if err != nil {
					return data.LetterContent{}, err
				}
				return a.letterContent(tx, ids[:1])
			}
		}
		profile, err := tx.Profile()
		return sampleLetter(profile), err
	})
	if err != nil {
		return Written{}, err
	}
	content.Number, content.Date = letterSample, a.Today()
	content.Text = letter.Wording(content, settings.Text)
	if recipient := strings.TrimSuffix(settings.Recipient, "（收）"); recipient != "" {
		content.Mailing.Recipient = recipient + "（收）"
	}
	pages, err := letter.Confirmation(w, content)
	return Written{pages, letterWarnings(content)}, err
}

// letterSample stands in the number's place of a letter that is only looked at.
const letterSample = "样张"

// sampleLetter is a letter on an invented order.
func sampleLetter(profile data.Profile) data.LetterContent {
	plan := data.LetterContent{
		Unit: profile.Unit, USCC: profile.USCC, UnitAddress: profile.Address, Contact: profile.Name, Telephone: profile.Phone, PlanName: "（培训计划名称）",
		PlanNumber: "（计划编号）", Payee: data.DefaultPayee, Mailing: data.DefaultMailingAddress,
	}
	plan.Orders = []data.LetterOrder{{Number: "（订单编号）", Mode: data.PayFirst, Lines: []data.OrderLine{{OrganizationPath: profile.Unit, People: 10, Amount: 400_00}}}}
	return plan
}
