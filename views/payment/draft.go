package payment

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"peixun/data"
	"peixun/views/desk"
)

// saveDelay is how long typing must rest before the draft is saved.
const saveDelay = 700 * time.Millisecond

// draft is the order in hand: as it was typed, saved a moment after typing stopped. Saves follow each other, never side by side.
type draft struct {
	desk    *desk.Desk
	service service
	order   data.Order
	// status shows what became of the last save of the order in hand.
	status func(text string, bad bool)
	// conflict is called where the order was changed elsewhere, so that saving it would lose that change.
	conflict func()
	// later calls save after the delay, on the user interface thread; the result stops it.
	later func(save func()) (stop func())

	generation int // rises with every order taken in hand
	dirty      bool
	saving     bool
	stop       func()
	waiting    []func(error)
}

func newDraft(d *desk.Desk, s service, status func(text string, bad bool)) *draft {
	return &draft{desk: d, service: s, status: status, later: afterDelay}
}

func afterDelay(save func()) func() {
	timer := time.AfterFunc(saveDelay, func() { fyne.Do(save) })
	return func() { timer.Stop() }
}

// take puts another order in hand.
func (d *draft) take(order data.Order) {
	d.halt()
	d.generation++
	d.order, d.dirty, d.saving, d.waiting = order, false, false, nil
	if order.ID != 0 {
		d.status("草稿", false)
	}
}

// touch is called after every change of the order.
func (d *draft) touch() {
	d.dirty = true
	d.status("正在保存…", false)
	d.halt()
	d.stop = d.later(d.save)
}

func (d *draft) halt() {
	if d.stop != nil {
		d.stop()
		d.stop = nil
	}
}

// flush saves what is not saved yet and then calls done, with the error where that failed.
func (d *draft) flush(done func(error)) {
	if d.order.ID == 0 || (!d.dirty && !d.saving) {
		done(nil)
		return
	}
	d.waiting = append(d.waiting, done)
	d.save()
}

func (d *draft) save() {
	d.halt()
	if !d.dirty || d.saving {
		return
	}
	d.dirty, d.saving = false, true
	snapshot, generation := d.snapshot(), d.generation
	var stored data.Order
	var failure error
	d.desk.Do(func(ctx context.Context) error {
		stored, failure = d.service.SaveOrder(ctx, snapshot)
		return nil
	}, func() {
		if generation == d.generation {
			d.saved(stored, failure)
		}
	})
}

// snapshot is the order as another goroutine may read it.
func (d *draft) snapshot() data.Order {
	order := d.order
	order.Lines, order.Vouchers = slices.Clone(order.Lines), slices.Clone(order.Vouchers)
	return order
}

func (d *draft) saved(stored data.Order, failure error) {
	d.saving = false
	if failure != nil {
		d.dirty = true
		d.status("没有保存："+sentence(failure), true)
		d.answer(failure)
		if isConflict(failure) {
			d.conflict()
		}
		return
	}
	d.order.Version, d.order.Review = stored.Version, stored.Review
	switch {
	case d.dirty && (len(d.waiting) > 0 || d.stop == nil):
		// Somebody waits, or typing rested already while this save ran.
		d.save()
	case d.dirty:
		// Typing goes on; the timer that it started saves the rest.
	default:
		d.status("草稿已保存 "+clockOf(d.service.Now()), false)
		d.answer(nil)
	}
}

func (d *draft) answer(err error) {
	waiting := d.waiting
	d.waiting = nil
	for _, done := range waiting {
		done(err)
	}
}

// sentence is what people are told of an error in one line.
func sentence(err error) string {
	if problem, ok := data.AsProblem(err); ok {
		return problem.Error()
	}
	return "程序遇到了意外的问题，请稍后再试。"
}

// clockOf gives a moment's time of day, 13:02:11.
func clockOf(m data.Moment) string {
	const begin = len("2006-01-02 ")
	if len(m) < begin {
		return ""
	}
	return string(m[begin:])
}
