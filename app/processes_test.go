package app_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"peixun/app/apptest"
	"peixun/data"
)

// spendForever charges everybody by runs of one person each, as fast as it can, until the batch is empty. Two of it share the run IDs.
func spendForever(folder string) error {
	a, err := enter(folder)
	if err != nil {
		return err
	}
	defer a.Close()
	batches, err := a.Batches(ctx)
	if err != nil {
		return err
	}
	people, err := a.TraineeIDs(ctx, data.TraineeQuery{})
	if err != nil {
		return err
	}
	done := 0
	for _, id := range people {
		run := data.RechargeRun{ID: fmt.Sprintf("person-%d", id), BatchID: batches[0].ID, Amount: 40_00, Trainees: []int64{id}}
		result, err := a.Recharge(ctx, run, false, nil)
		switch {
		case err == nil && !result.Already:
			done++
		case err != nil && !errors.Is(err, data.ErrBatchTooSmall) && !errors.Is(err, data.ErrWrongState): // the last one has another payer
			return err
		}
	}
	fmt.Println("charged", done)
	return nil
}

// Several processes that charge the same people from one batch at once give out what it holds, and nobody twice.
func TestProcessesNeverOverspend(t *testing.T) {
	const worth, processes = 30, 3
	h := apptest.NewHospital(t, 60)
	order := h.Approved("2022-03-10 09:00:00", "2022-04-13 10:00:00", worth)
	folder := folderWith(t, imageOf(t, h.App))
	program, err := os.Executable()
	must(t, err)
	commands := make([]*exec.Cmd, processes)
	outputs := make([]strings.Builder, processes)
	for place := range commands {
		command := exec.Command(program)
		command.Env = append(os.Environ(), childVariable+"=spend", folderVariable+"="+folder)
		command.Stdout, command.Stderr = &outputs[place], &outputs[place]
		must(t, command.Start())
		commands[place] = command
	}
	total := 0
	for place, command := range commands {
		if err := command.Wait(); err != nil {
			t.Fatalf("process %d: %v: %s", place, err, outputs[place].String())
		}
		var charged int
		if _, err := fmt.Sscanf(outputs[place].String(), "charged %d", &charged); err != nil {
			t.Fatalf("process %d told %q", place, outputs[place].String())
		}
		total += charged
	}
	a, err := enter(folder)
	must(t, err)
	defer a.Close()
	batch := got[data.CardBatch](t)(a.BatchByNumber(ctx, order.BatchNumber))
	if total != worth || batch.Left() != 0 || batch.People != worth || batch.Runs != worth {
		t.Errorf("%d charged by %d processes; the batch: %+v", total, processes, batch)
	}
	healthy(t, a)
}
