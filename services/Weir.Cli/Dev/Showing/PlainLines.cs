using Weir.Cli.Dev.Reading;

namespace Weir.Cli.Dev.Showing;

/// <summary>The run as lines, each with its time since the start: what happens, and how things stand when that has changed.</summary>
internal sealed class PlainLines(TextWriter data) : IView
{
    private static readonly TimeSpan StateEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private string _state = "";
    private TimeSpan? _stateAt;
    private string _note = "";

    public void Begin()
    {
    }

    public void Show(Scene scene, Stage stage, TimeSpan now)
    {
        var counts = scene.Streams;
        var away = (stage.BusTrouble is { } bus ? $", bus AWAY: {bus}" : "") + (stage.StoreTrouble is { } store ? $", store AWAY: {store}" : "");
        var state = FormattableString.Invariant(
            $"{counts.Total} streams: running {counts.Running}, starting {counts.Starting}, unowned {counts.Unowned}; {scene.Workers.Count(worker => worker.Standing == WorkerStanding.Live)} workers live{away}");
        lock (_gate)
        {
            if (stage.Note.Length > 0 && stage.Note != _note)
                Write(now, stage.Note);
            _note = stage.Note;
            if (state == _state || (_stateAt is { } last && now - last < StateEvery))
                return;
            (_state, _stateAt) = (state, now);
            Write(now, FormattableString.Invariant($"{state}, score {scene.Score:0.00}"));
        }
    }

    public void Tell(IReadOnlyList<Happening> happened)
    {
        lock (_gate)
            foreach (var one in happened)
                Write(one.At, one.Words);
    }

    public void Dispose()
    {
    }

    private void Write(TimeSpan at, string words)
    {
        data.WriteLine($"{Figures.Clock(at)}  {words}");
        data.Flush();
    }
}
