using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Weir.Contracts;
using Weir.Contracts.Catalogue;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Problems;

namespace Weir.Diagnostics.Changes;

/// <summary>Asks Registry for changes of the catalogue, in numbered parts, and waits for its one answer.</summary>
internal sealed class CatalogueDesk(RequestSender sender, CatalogueAnswers answers, DiagnosticsProcess process, IOptions<DiagnosticsOptions> options, TimeProvider clock)
{
    // Room for the envelope and the fields round the list.
    private const int PartBytesMax = MessageLimits.SentBytesMax - (8 * 1024);

    internal Task<CatalogueOutcome> DeclareAsync(
        string key, string pool, IReadOnlyList<StreamDeclaration> streams, CancellationToken cancel, string by = Asker.Name, TimeSpan? within = null) => AskAsync(
        key,
        pool,
        RequestSender.Declarations,
        Parts(streams).ToList(),
        (part, parts, chunk) => new DeclareStreams(key, pool, part, parts, chunk, By: by, AnswerTo: BusEndpoints.Answers(process).Queue),
        within ?? options.Value.AnswerTimeout,
        cancel);

    internal Task<CatalogueOutcome> WithdrawAsync(
        string key, string pool, IReadOnlyList<string> streams, CancellationToken cancel, string by = Asker.Name, TimeSpan? within = null) => AskAsync(
        key,
        pool,
        RequestSender.Registry,
        [.. streams.Chunk(MessageLimits.StreamsMax)],
        (part, parts, chunk) => new WithdrawStreams(key, pool, part, parts, chunk, By: by, AnswerTo: BusEndpoints.Answers(process).Queue),
        within ?? options.Value.AnswerTimeout,
        cancel);

    private async Task<CatalogueOutcome> AskAsync<T, TMessage>(
        string key, string pool, string queue, List<T[]> parts, Func<int, int, T[], TMessage> message, TimeSpan within, CancellationToken cancel)
        where TMessage : class
    {
        var answer = answers.Expect(pool, key);
        try
        {
            for (var part = 1; part <= parts.Count; part++) await sender.SendAsync(queue, message(part, parts.Count, parts[part - 1]), cancel);
            var done = await answer.WaitAsync(within, clock, cancel);
            return new CatalogueOutcome(done.Key, done.Pool, done.Added, done.Changed, done.Withdrawn, done.Unchanged);
        }
        catch (TimeoutException late) when (!answer.IsCompleted && late is not Bus.SendTimedOutException)
        {
            throw new RefusedException(ProblemKind.NotInTime, $"Registry did not answer within {within.TotalSeconds:0.#} s; ask again with Idempotency-Key: {key}", inner: late);
        }
        finally
        {
            answers.Forget(pool, key);
        }
    }

    // As many in a part as are allowed, and as fit.
    private static IEnumerable<StreamDeclaration[]> Parts(IReadOnlyList<StreamDeclaration> streams)
    {
        var (part, bytes) = (new List<StreamDeclaration>(), 0);
        foreach (var stream in streams)
        {
            var size = Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(stream, JsonSerializerOptions.Web)) + 1;
            if (part.Count > 0 && (part.Count == MessageLimits.StreamsMax || bytes + size > PartBytesMax))
            {
                yield return [.. part];
                part.Clear();
                bytes = 0;
            }

            part.Add(stream);
            bytes += size;
        }

        if (part.Count > 0) yield return [.. part];
    }
}
