package cli

import (
	"os"
	"path/filepath"
	"runtime"
	"time"

	"peixun/app"
	"peixun/data"
)

// Options are what the flags before a command say.
type Options struct {
	Folder string    // where the database lives
	Clock  app.Clock // fixed by --now; nil is the system's
}

// Parse reads the flags before the command. Without a command the window is wanted; with one, or where it fails,
// Run takes the same arguments and says everything else.
func Parse(arguments []string) (options Options, command []string, err error) {
	var g globals
	if command, err = g.takeLeading(arguments); err != nil || len(command) > 0 {
		return Options{}, command, err
	}
	if options.Clock, err = g.clock(); err != nil {
		return Options{}, nil, err
	}
	options.Folder, err = g.folder()
	return options, nil, err
}

// globals are the flags that may stand before a command and after it.
type globals struct {
	data string
	json bool
	now  string
	user string
}

func (g *globals) declare(f *flags) {
	f.StringVar(&g.data, "data", g.data, "")
	f.BoolVar(&g.json, "json", g.json, "")
	f.StringVar(&g.now, "now", g.now, "")
	f.StringVar(&g.user, "user", g.user, "")
}

// takeLeading reads the global flags at the front and gives the rest, which begins with a word or an unknown flag.
func (g *globals) takeLeading(arguments []string) (rest []string, err error) {
	f := newFlags(programUsage)
	g.declare(f)
	for rest = arguments; len(rest) > 0 && f.knows(rest[0]); {
		if rest, err = f.take(rest); err != nil {
			return nil, err
		}
	}
	return rest, nil
}

func (g *globals) clock() (app.Clock, error) {
	if g.now == "" {
		return nil, nil
	}
	at, err := time.ParseInLocation(time.DateTime, g.now, data.Shanghai)
	if err != nil {
		return nil, wrongUse("--now 后面的时间读不出来。", `请写成 --now "2022-03-09 15:21:16"，按北京时间。`)
	}
	return func() time.Time { return at }, nil
}

// portableFolder beside the program makes it keep its data there, such as on a memory stick.
const portableFolder = "peixun-data"

// folder gives the absolute data folder: --data, PEIXUN_DATA, the portable folder, or the system's place.
func (g *globals) folder() (string, error) {
	for _, named := range []string{g.data, os.Getenv("PEIXUN_DATA")} {
		if named != "" {
			return filepath.Abs(named)
		}
	}
	if program, err := os.Executable(); err == nil {
		portable := filepath.Join(filepath.Dir(program), portableFolder)
		if info, err := os.Stat(portable); err == nil && info.IsDir() {
			return portable, nil
		}
	}
	home, _ := os.UserHomeDir()
	if folder := userFolder(runtime.GOOS, home, os.Getenv); folder != "" {
		return folder, nil
	}
	return "", wrongUse("不知道数据应该放在哪个文件夹。", "请用 --data 指定文件夹。")
}

// userFolder is the system's place for a program's data of one person, or "" where the system names none.
func userFolder(system, home string, getenv func(string) string) string {
	switch system {
	case "windows":
		if local := getenv("LOCALAPPDATA"); local != "" {
			return filepath.Join(local, "Peixun")
		}
	case "darwin":
		if home != "" {
			return filepath.Join(home, "Library", "Application Support", "Peixun")
		}
	default:
		// The XDG specification has relative paths ignored.
		if shared := getenv("XDG_DATA_HOME"); filepath.IsAbs(shared) {
			return filepath.Join(shared, "peixun")
		}
		if home != "" {
			return filepath.Join(home, ".local", "share", "peixun")
		}
	}
	return ""
}
