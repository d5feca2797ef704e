using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weir.Bus.Names;
using Weir.Bus.Sending;
using Weir.Contracts;
using Weir.Contracts.Ownership;
using Weir.Core.Assignments;
using Weir.Core.Identity;
using Weir.Persistence;
using Weir.Persistence.Stores;
using ToldClass = Weir.Contracts.Ownership.StreamClass;

namespace Weir.Orchestrator.Writing;

/// <summary>Puts decided commands into workers' queues, many streams a message, through the outbox of the transaction that is open.</summary>
internal sealed class CommandSender(WeirDbContext db, LeaseStore leases, WorkerCommands workers)
{
    // What a message weighs besides its streams, and what a stream does besides its own texts.
    private const int Envelope = 4 * 1024;
    private const int StreamBytes = 200;

    internal async Task SendAsync(IReadOnlyList<StreamCommand> commands, CancellationToken cancel)
    {
        if (commands.Count == 0) return;
        var lives = await leases.WhereAsync([.. commands.Select(command => command.Incarnation).Distinct()], cancel);
        var grants = await GrantsAsync([.. commands.Where(command => command.Kind == CommandKind.Start)], cancel);
        foreach (var life in commands.GroupBy(command => command.Incarnation))
            if (lives.TryGetValue(life.Key, out var process))
                await SendAsync(life.Key, process, [.. life], grants, cancel);
    }

    /// <summary>The queue in which a worker's process reads its commands.</summary>
    internal static string QueueOf(WorkerId worker, string process) => BrokerNames.WorkerQueue(worker.Value, process);

    /// <summary>Streams cut into messages of at most 200 and 128 KB.</summary>
    internal static IEnumerable<IReadOnlyList<StreamGrant>> Cut(IEnumerable<StreamGrant> grants)
    {
        var (batch, bytes) = (new List<StreamGrant>(), Envelope);
        foreach (var grant in grants)
        {
            var size = StreamBytes + grant.StreamId.Length + Escaped(grant.Kind) + Escaped(grant.Definition);
            if (batch.Count > 0 && (batch.Count == MessageLimits.StreamsMax || bytes + size > MessageLimits.SentBytesMax))
            {
                yield return batch;
                (batch, bytes) = ([], Envelope);
            }

            batch.Add(grant);
            bytes += size;
        }

        if (batch.Count > 0) yield return batch;
    }

    // As it is escaped inside the message, where it is a text.
    private static int Escaped(string? text) => text is null ? 0 : JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length;

    /// <summary>What the rows grant, with what the catalogue says of each stream; a stream that is no longer in it is left out.</summary>
    internal async Task<IReadOnlyDictionary<StreamId, StreamGrant>> GrantsAsync(IReadOnlyCollection<StreamCommand> starts, CancellationToken cancel)
    {
        if (starts.Count == 0) return new Dictionary<StreamId, StreamGrant>();
        StreamId[] ids = [.. starts.Select(start => start.Stream).Distinct()];
        var declared = await db.Streams.AsNoTracking().Where(row => ids.Contains(row.Stream))
            .Select(row => new { row.Stream, row.Kind, row.Payload }).ToDictionaryAsync(row => row.Stream, cancel);
        var grants = new Dictionary<StreamId, StreamGrant>(starts.Count);
        foreach (var start in starts)
            if (declared.TryGetValue(start.Stream, out var row))
                grants[start.Stream] = new StreamGrant(
                    start.Stream.Value,
                    start.Epoch.Value,
                    row.Kind,
                    start.Class == Core.Assignments.StreamClass.Fenced ? ToldClass.Fenced : ToldClass.Unfenced,
                    (int)Math.Min(int.MaxValue, start.LocalModeFor.TotalMilliseconds),
                    row.Payload);
        return grants;
    }

    private async Task SendAsync(
        Incarnation life, LifeProcess process, StreamCommand[] commands, IReadOnlyDictionary<StreamId, StreamGrant> grants, CancellationToken cancel)
    {
        var queue = QueueOf(process.Worker, process.Process);
        var (worker, incarnation) = (process.Worker.Value, life.Value);
        var releases = commands.Where(command => command.Kind == CommandKind.Release).Select(command => new StreamEpoch(command.Stream.Value, command.Epoch.Value));
        foreach (var chunk in releases.Chunk(MessageLimits.StreamsMax))
            await workers.SendAsync(queue, new ReleaseStreams(worker, incarnation, chunk), cancel);
        var starts = commands.Where(command => command.Kind == CommandKind.Start && grants.ContainsKey(command.Stream)).Select(command => grants[command.Stream]);
        foreach (var batch in Cut(starts))
            await workers.SendAsync(queue, new StartStreams(worker, incarnation, batch), cancel);
    }
}
