using System.Diagnostics;

namespace Weir.Benchmarks.Outbox;

/// <summary>Counts events as they arrive and keeps how long each was on its way.</summary>
internal sealed class Tally
{
    private readonly Lock _gate = new();
    private readonly List<double> _milliseconds = [];
    private TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private int _goal = int.MaxValue;

    /// <summary>Completes at the so manieth event from now.</summary>
    public Task Expect(int events)
    {
        lock (_gate)
        {
            (_count, _goal) = (0, events);
            _milliseconds.Clear();
            _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _reached.Task;
        }
    }

    public void Heard(long sentTicks)
    {
        lock (_gate)
        {
            if (sentTicks > 0) _milliseconds.Add(Stopwatch.GetElapsedTime(sentTicks).TotalMilliseconds);
            if (++_count == _goal) _reached.TrySetResult();
        }
    }

    /// <summary>Milliseconds at a share of all, 0 to 1.</summary>
    public double At(double share)
    {
        lock (_gate)
        {
            if (_milliseconds.Count == 0) return double.NaN;
            _milliseconds.Sort();
            return _milliseconds[Math.Min(_milliseconds.Count - 1, (int)(share * _milliseconds.Count))];
        }
    }
}
