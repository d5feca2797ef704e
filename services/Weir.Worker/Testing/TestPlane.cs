using Weir.Contracts.Leases;
using Weir.Contracts.Ownership;
using Weir.Contracts.Registration;
using Weir.Contracts.Workers;
using Weir.Worker.Agent;

namespace Weir.Worker.Testing;

/// <summary>The services as a test plays them: each step is taken when the test takes it, so that nothing races.</summary>
internal sealed class TestPlane : IControlPlane
{
    private readonly Lock _lock = new();
    private readonly List<object> _said = [];
    private readonly Queue<object> _pending = new();
    private readonly Queue<object> _kept = new();
    private TaskCompletionSource _more = New();

    internal int BeatMs { get; set; } = 2000;

    internal int LeaseMs { get; set; } = 8000;

    internal bool IsCut { get; private set; }

    internal long Incarnation { get; private set; }

    /// <summary>The next epoch or life to be given.</summary>
    internal long Counter { get; set; } = 100;

    /// <summary>How often the command queue was made anew.</summary>
    internal int Rebuilds { get; private set; }

    /// <summary>Answers to a registration other than a life; null gives one.</summary>
    internal Func<RegisterWorker, object?>? OnRegister { get; set; }

    /// <summary>How long a test waits for a word of the worker's, in real time.</summary>
    internal TimeSpan HearFor { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether beats are answered though the network is there.</summary>
    internal bool AnswersBeats { get; set; } = true;

    internal IReadOnlyList<object> Said
    {
        get
        {
            lock (_lock)
                return [.. _said];
        }
    }

    public void SendNow(object message)
    {
        lock (_lock)
        {
            if (!IsCut)
                Hear(message);
        }
    }

    public void SendInOrder(object message)
    {
        lock (_lock)
        {
            if (IsCut)
                _kept.Enqueue(message);
            else
                Hear(message);
        }
    }

    public void RebuildQueues() => Rebuilds++;

    internal void Cut()
    {
        lock (_lock)
        {
            IsCut = true;
            _pending.Clear();
        }
    }

    internal void Heal()
    {
        lock (_lock)
        {
            IsCut = false;
            while (_kept.TryDequeue(out var message))
                Hear(message);
        }
    }

    /// <summary>Answers what has come since, on the caller's thread and outside of the agent's lock.</summary>
    internal void Pump(WorkerAgent agent, bool takeDrained)
    {
        while (Next() is { } message)
        {
            switch (message)
            {
                case RegisterWorker register when register.Part == register.Parts:
                    Answer(agent, register);
                    break;
                case WorkerBeat beat when AnswersBeats && beat.Incarnation == Incarnation:
                    agent.OnRenewed(new LeaseRenewed(beat.WorkerId, beat.Incarnation, beat.Sequence, BeatMs));
                    break;
                case DrainWorker drain when takeDrained:
                    agent.OnRelease(new ReleaseStreams(drain.WorkerId, drain.Incarnation, [.. agent.Held().Select(held => new StreamEpoch(held.StreamId, held.Epoch))]));
                    break;
            }
        }
    }

    /// <summary>The first message like this after the given count of messages; waits for it in real time.</summary>
    internal async Task<T> HeardAsync<T>(Func<T, bool> like, int after, string otherwise)
    {
        var bound = HearFor;
        while (true)
        {
            Task more;
            lock (_lock)
            {
                var found = _said.Skip(after).OfType<T>().Where(like).ToList();
                if (found.Count > 0)
                    return found[0];
                more = _more.Task;
            }
            try
            {
                await more.WaitAsync(bound);
            }
            catch (TimeoutException e)
            {
                throw new TimeoutException($"{otherwise} within {bound.TotalSeconds:0.###} s", e);
            }
        }
    }

    private object? Next()
    {
        lock (_lock)
            return _pending.TryDequeue(out var message) ? message : null;
    }

    private void Answer(WorkerAgent agent, RegisterWorker register)
    {
        if (OnRegister?.Invoke(register) is { } other)
        {
            if (other is RegistrationRefused refused)
                agent.OnRegistrationRefused(refused);
            return;
        }
        Incarnation = ++Counter;
        agent.OnRegistered(new WorkerRegistered(register.WorkerId, register.ProcessId, register.Attempt, Incarnation, BeatMs, LeaseMs));
    }

    private void Hear(object message)
    {
        _said.Add(message);
        _pending.Enqueue(message);
        var more = _more;
        _more = New();
        more.TrySetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
