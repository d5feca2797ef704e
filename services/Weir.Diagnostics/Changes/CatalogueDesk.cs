using Microsoft.Extensions.Options;
using Weir.Contracts.Catalogue;
using Weir.Diagnostics.Api;
using Weir.Diagnostics.Problems;

namespace Weir.Diagnostics.Changes;

/// <summary>Asks Registry for changes of the catalogue, in numbered parts, and waits for its one answer.</summary>
internal sealed class CatalogueDesk(RequestSender sender, CatalogueAnswers answers, DiagnosticsProcess process, IOptions<DiagnosticsOptions> options, TimeProvider clock)
{
    private string Answers => BusEndpoints.Answers(process).Queue;

    internal Task<CatalogueOutcome> DeclareAsync(
        string key, string pool, IReadOnlyList<StreamDeclaration> streams, CancellationToken cancel, string by = Asker.Name, TimeSpan? within = null) =>
        AskAsync(key, pool, RequestSender.Declarations, DeclareStreams.InParts(key, pool, streams, by, Answers), within ?? options.Value.AnswerTimeout, cancel);

    internal Task<CatalogueOutcome> WithdrawAsync(
        string key, string pool, IReadOnlyList<string> streams, CancellationToken cancel, string by = Asker.Name, TimeSpan? within = null) =>
        AskAsync(key, pool, RequestSender.Registry, WithdrawStreams.InParts(key, pool, streams, by, Answers), within ?? options.Value.AnswerTimeout, cancel);

    private async Task<CatalogueOutcome> AskAsync<T>(string key, string pool, string queue, IReadOnlyList<T> parts, TimeSpan within, CancellationToken cancel)
        where T : class
    {
        var answer = answers.Expect(pool, key);
        try
        {
            foreach (var part in parts) await sender.SendAsync(queue, part, cancel);
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
}
