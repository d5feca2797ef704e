using Microsoft.Extensions.Logging;

namespace Weir.Worker.Agent;

/// <summary>
/// The thread that watches the lease and times the beats. A thread of its own: handlers that keep the whole pool busy can neither hold
/// up a stop nor the end of the process. (The sending itself needs the pool; a worker whose pool starves lapses, and then stops.)
/// </summary>
internal sealed class LeaseThread : IDisposable
{
    /// <summary>How often it looks. After a suspend or SIGSTOP, streams whose lease ended meanwhile are cancelled within this.</summary>
    internal static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private readonly AutoResetEvent _bell = new(initialState: false);
    private readonly WorkerAgent _agent;
    private readonly string _worker;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private volatile bool _stopped;

    internal LeaseThread(WorkerAgent agent, string worker, ILogger logger)
    {
        (_agent, _worker, _logger) = (agent, worker, logger);
        _thread = new Thread(Watch) { Name = $"weir lease {worker}", IsBackground = true, Priority = ThreadPriority.AboveNormal };
    }

    internal void Start()
    {
        _agent.Wake = () => _bell.Set();
        _thread.Start();
    }

    public void Dispose()
    {
        _agent.Wake = null;
        _stopped = true;
        _bell.Set();
        if (_thread.IsAlive && Thread.CurrentThread != _thread)
            _thread.Join();
        _bell.Dispose();
    }

    private void Watch()
    {
        while (!_stopped)
        {
            _bell.WaitOne(LookEvery);
            try
            {
                _agent.Look();
            }
            catch (Exception e) when (e is not Core.Invariants.InvariantViolatedException)
            {
                // The watch must not end with one step; a broken invariant ends the process, as it should.
                WorkerLog.WatchFailed(_logger, _worker, e);
            }
        }
    }
}
