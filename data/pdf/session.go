package pdf

import (
	"context"
	"fmt"
	"io"
	"os"
	"testing/fstest" // a file system in memory; nothing of testing comes with it
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"peixun/assets"
)

const (
	// memoryPages caps PDFium's memory, in WebAssembly's pages: 384 MB. A file that wants more is refused.
	memoryPages = 6144
	pageBytes   = 64 << 10
)

// memoryGoal is how much memory in bytes the whole program means to use while PDFium works: what is reserved would make the collector wait.
const memoryGoal = 640 << 20

// session is one life of PDFium.
type session struct {
	pool    pdfium.Pool
	pdfium  pdfium.Pdfium
	cache   wazero.CompilationCache
	stop    context.CancelFunc // interrupts what runs; nothing runs afterwards
	handles map[*Document]references.FPDF_DOCUMENT
}

// newSession starts PDFium. A cache that is damaged or cannot be written is gone without.
func newSession(folder string) (*session, error) {
	if folder != "" {
		if s, err := startSession(folder); err == nil {
			return s, nil
		}
		// Only what the runtime wrote itself lies there.
		os.RemoveAll(folder)
		if s, err := startSession(folder); err == nil {
			return s, nil
		}
	}
	return startSession("")
}

func startSession(folder string) (*session, error) {
	cache, err := openCache(folder)
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(experimental.WithMemoryAllocator(context.Background(), experimental.MemoryAllocatorFunc(reserve)))
	s := &session{cache: cache, stop: stop, handles: map[*Document]references.FPDF_DOCUMENT{}}
	s.pool, err = webassembly.Init(webassembly.Config{
		Context: ctx, MinIdle: 1, MaxIdle: 1, MaxTotal: 1, FSConfig: fontFolder(), Stdout: io.Discard, Stderr: io.Discard,
		RuntimeConfig: wazero.NewRuntimeConfig().WithCompilationCache(cache).WithCloseOnContextDone(true).WithMemoryLimitPages(memoryPages).
			WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling),
	})
	if err != nil {
		s.close()
		return nil, err
	}
	if s.pdfium, err = s.pool.GetInstance(time.Minute); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// reserved is PDFium's memory. All that it may ever have is reserved at once, which takes no memory until it is used: nothing is copied
// when it grows, so a hostile file costs what the cap says and no multiple of it.
type reserved []byte

func reserve(uint64, uint64) experimental.LinearMemory {
	return reserved(make([]byte, memoryPages*pageBytes))
}

// Reallocate is part of experimental.LinearMemory.
func (r reserved) Reallocate(size uint64) []byte {
	if size > uint64(len(r)) {
		return nil
	}
	return r[:size]
}

// Free is part of experimental.LinearMemory.
func (r reserved) Free() {}

func openCache(folder string) (wazero.CompilationCache, error) {
	if folder == "" {
		return wazero.NewCompilationCache(), nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make cache folder: %w", err)
	}
	return wazero.NewCompilationCacheWithDir(folder)
}

// fontFolder is all that PDFium sees of the disk: banks' receipts often name 宋体 without carrying it.
func fontFolder() wazero.FSConfig {
	fonts := fstest.MapFS{
		"usr/share/fonts/serif.ttf": {Data: assets.SerifRegular, Mode: 0o444},
		"usr/share/fonts/sans.ttf":  {Data: assets.SansRegular, Mode: 0o444},
	}
	return wazero.NewFSConfig().WithFSMount(fonts, "/")
}

// close frees all memory; it may be called while nothing runs.
func (s *session) close() {
	if s.pool != nil {
		s.pool.Close()
	}
	s.stop()
	s.cache.Close(context.Background())
}

// handle gives the document as this session knows it, opening it where it has not been.
func (s *session) handle(d *Document) (references.FPDF_DOCUMENT, error) {
	if handle, ok := s.handles[d]; ok {
		return handle, nil
	}
	opened, err := s.pdfium.OpenDocument(&requests.OpenDocument{File: &d.content})
	if err != nil {
		return "", err
	}
	s.handles[d] = opened.Document
	return opened.Document, nil
}

// forget frees a document's memory.
func (s *session) forget(d *Document) error {
	handle, ok := s.handles[d]
	if !ok {
		return nil
	}
	delete(s.handles, d)
	_, err := s.pdfium.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: handle})
	return err
}
