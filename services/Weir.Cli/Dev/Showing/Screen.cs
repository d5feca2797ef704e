using Weir.Cli.Dev.Reading;

namespace Weir.Cli.Dev.Showing;

/// <summary>The picture on a terminal, on its second page, so that what stood there before is there again afterwards.</summary>
internal sealed class Screen(Terminal terminal, Func<(int Width, int Height)> size) : IView
{
    private const string Enter = "\e[?1049h\e[?25l\e[2J";
    private const string Leave = "\e[?25h\e[?1049l";

    private readonly Lock _gate = new();
    private bool _isOn;
    private string _shown = "";

    public void Begin()
    {
        lock (_gate)
        {
            terminal.Data.Write(Enter);
            terminal.Data.Flush();
            _isOn = true;
        }
    }

    public void Show(Scene scene, Stage stage, TimeSpan now)
    {
        var (width, height) = size();
        var drawn = Picture.Draw(scene, stage, now, width, height).ToTerminal(terminal.Colour);
        lock (_gate)
        {
            if (!_isOn || drawn == _shown)
                return;
            terminal.Data.Write(drawn);
            terminal.Data.Flush();
            _shown = drawn;
        }
    }

    public void Tell(IReadOnlyList<Happening> happened)
    {
        // The picture has them.
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (!_isOn)
                return;
            _isOn = false;
            terminal.Data.Write(Leave);
            terminal.Data.Flush();
        }
    }
}
