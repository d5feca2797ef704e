using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weir.Bus.Names;
using Weir.Bus.Sending;
using Weir.Contracts.Catalogue;
using Weir.Contracts.Planning;
using Weir.Core.Assignments;
using Weir.Persistence.Resilience;
using Weir.Persistence.Settings;
using Weir.Persistence.Stores;

namespace Weir.Registry.Catalogue;

/// <summary>
/// Carries out requests about the catalogue: each as a whole, once a key, answered once. Its parts are kept until all are in; then one
/// transaction writes the rows, remembers the answer and sends it.
/// </summary>
internal sealed class CatalogueDesk(DatabaseResilience database, PoolFigures figures, ILogger<CatalogueDesk> logger)
{
    private const int NamedMax = 200;
    private static readonly Uri Orchestrator = new($"exchange:{BrokerNames.ServiceQueue("orchestrator", "requests")}");

    internal Task TakeAsync(DeclareStreams message, CancellationToken cancel)
    {
        var streams = message.Streams ?? [];
        return RunAsync(Part("declare", message.Key, message.Pool, message.Part, message.Parts, streams.Count, message.By, message.AnswerTo), JsonSerializer.Serialize(streams), DeclareAsync, cancel);
    }

    internal Task TakeAsync(WithdrawStreams message, CancellationToken cancel)
    {
        var streams = message.StreamIds ?? [];
        return RunAsync(
            Part("withdraw", message.Key, message.Pool, message.Part, message.Parts, streams.Count, message.By, message.AnswerTo),
            JsonSerializer.Serialize(streams),
            (unit, request, bodies, _, token) => HoldAsync(unit, request, bodies, StreamHold.Withdrawn, token),
            cancel);
    }

    internal Task TakeAsync(PauseStreams message, CancellationToken cancel)
    {
        var streams = message.StreamIds ?? [];
        return RunAsync(
            Part("pause", message.Key, message.Pool, 1, 1, streams.Count, message.By, null),
            JsonSerializer.Serialize(streams),
            (unit, request, bodies, _, token) => HoldAsync(unit, request, bodies, StreamHold.Paused, token),
            cancel);
    }

    internal Task TakeAsync(ResumeStreams message, CancellationToken cancel)
    {
        var streams = message.StreamIds ?? [];
        return RunAsync(
            Part("resume", message.Key, message.Pool, 1, 1, streams.Count, message.By, null),
            JsonSerializer.Serialize(streams),
            async (unit, request, bodies, _, token) =>
            {
                var answer = await HoldAsync(unit, request, bodies, StreamHold.None, token);

                // A pause is the catalogue's; a quarantine stands in Orchestrator's rows, so it hears of it with the same commit.
                if (answer.Done is not null) await (await unit.Services.GetRequiredService<ISendEndpointProvider>().GetSendEndpoint(Orchestrator)).Send(message, token);
                return answer;
            },
            cancel);
    }

    private static CatalogueRequest Part(string kind, string? key, string? pool, int part, int parts, int streams, string? by, string? answerTo) =>
        new(kind, key ?? "", pool ?? "", part, parts, DeclarationRules.IsAskQueue(answerTo) ? answerTo : null, AddressFault(answerTo) ?? DeclarationRules.PartFault(key, pool, part, parts, streams, by));

    private static string? AddressFault(string? answerTo) =>
        answerTo is null || DeclarationRules.IsAskQueue(answerTo) ? null : Words.Fault("AnswerTo", answerTo, "weir.ask. and 1 to 64 letters, digits or hyphens are right");

    private async Task RunAsync(
        CatalogueRequest request, string body, Func<UnitOfWork, CatalogueRequest, IReadOnlyList<string>, PoolSettings, CancellationToken, Task<CatalogueAnswer>> carryOut, CancellationToken cancel)
    {
        if (request.Fault is not null && request.AnswerTo is null) throw Words.Unanswerable(request.Fault);
        var settings = await figures.OfAsync(request.Pool, cancel);
        var answer = await database.RunAsync(
            $"catalogue.{request.Kind}",
            async (unit, token) =>
            {
                if (request.Fault is { } fault) return await AnswerAsync(unit, request, new CatalogueAnswer(null, new StreamsRefused(Short(request.Key), Short(request.Pool), fault, [])), token);
                return await PartAsync(unit, request, body, (bodies, at) => carryOut(unit, request, bodies, settings, at), token);
            },
            cancel);
        Log(request, answer);
    }

    private static async Task<CatalogueAnswer?> PartAsync(
        UnitOfWork unit, CatalogueRequest request, string body, Func<IReadOnlyList<string>, CancellationToken, Task<CatalogueAnswer>> carryOut, CancellationToken cancel)
    {
        var requests = unit.Services.GetRequiredService<RequestStore>();
        if (await requests.FindAsync(request.Name, cancel) is { } answered)
        {
            // A request that is sent again whole is answered once more, with its last part.
            if (request.Part == request.Parts) await AnswerAsync(unit, request, JsonSerializer.Deserialize<CatalogueAnswer>(answered.Body)!, cancel);
            return null;
        }

        var parts = unit.Services.GetRequiredService<PartStore>();
        if (await parts.AddAsync(request.Name, request.Part, request.Parts, body, cancel) is not { } bodies) return null;

        var answer = await carryOut(bodies, cancel);
        await parts.DropAsync(request.Name, cancel);
        await requests.AnswerAsync(request.Name, answer.Done is null ? nameof(StreamsRefused) : nameof(StreamsDeclared), JsonSerializer.Serialize(answer), cancel);
        if (answer.Done is { } done && done.Added + done.Changed + done.Withdrawn > 0)
            await unit.Services.GetRequiredService<IPublishEndpoint>().Publish(new PoolChanged(request.Pool), cancel);
        return await AnswerAsync(unit, request, answer, cancel);
    }

    private static async Task<CatalogueAnswer> AnswerAsync(UnitOfWork unit, CatalogueRequest request, CatalogueAnswer answer, CancellationToken cancel)
    {
        if (request.AnswerTo is { } queue)
        {
            var send = unit.Services.GetRequiredService<WorkerCommands>();
            if (answer.Done is { } done) await send.SendAsync(queue, done, cancel);
            else await send.SendAsync(queue, answer.Refused!, cancel);
        }

        return answer;
    }

    private static async Task<CatalogueAnswer> DeclareAsync(UnitOfWork unit, CatalogueRequest request, IReadOnlyList<string> bodies, PoolSettings settings, CancellationToken cancel)
    {
        var streams = bodies.SelectMany(body => JsonSerializer.Deserialize<StreamDeclaration?[]>(body) ?? []).ToList();
        var faults = streams.Select(stream => (stream?.StreamId, Fault: DeclarationRules.Fault(stream))).Where(one => one.Fault is not null).ToList();
        if (faults.Count > 0) return Refuse(request, faults[0].Fault!, faults.Select(one => one.StreamId));
        var twice = streams.GroupBy(stream => stream!.StreamId, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key).ToList();
        if (twice.Count > 0) return Refuse(request, Words.Fault("StreamId", twice[0], "each stream once in the request is right"), twice);
        var catalogue = unit.Services.GetRequiredService<CatalogueStore>();
        var elsewhere = await catalogue.ElsewhereAsync(request.Pool, [.. streams.Select(stream => stream!.StreamId)], cancel);
        if (elsewhere.Count > 0) return Refuse(request, Words.Fault("StreamId", elsewhere[0], "another pool has it: withdraw it there first"), elsewhere);

        var (added, changed) = await catalogue.DeclareAsync(request.Pool, [.. streams.Select(stream => DeclarationRules.Entry(stream!, settings))], cancel);
        return new CatalogueAnswer(new StreamsDeclared(request.Key, request.Pool, added, changed, 0, streams.Count - added - changed), null);
    }

    private static async Task<CatalogueAnswer> HoldAsync(UnitOfWork unit, CatalogueRequest request, IReadOnlyList<string> bodies, StreamHold hold, CancellationToken cancel)
    {
        var streams = bodies.SelectMany(body => JsonSerializer.Deserialize<string?[]>(body) ?? []).ToList();
        var wrong = streams.Where(stream => !Core.Identity.StreamId.TryParse(stream, out _)).ToList();
        if (wrong.Count > 0) return Refuse(request, Words.Fault("StreamIds", wrong[0], "1 to 128 letters, digits or any of . _ : -, a letter or digit first, are right"), wrong);

        var ids = streams.OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var catalogue = unit.Services.GetRequiredService<CatalogueStore>();
        var written = hold == StreamHold.None ? await catalogue.LiftAsync(request.Pool, ids, cancel) : await catalogue.HoldAsync(request.Pool, ids, hold, cancel);
        var withdrawn = hold == StreamHold.Withdrawn ? written : 0;
        return new CatalogueAnswer(new StreamsDeclared(request.Key, request.Pool, 0, written - withdrawn, withdrawn, ids.Count - written), null);
    }

    private static CatalogueAnswer Refuse(CatalogueRequest request, string reason, IEnumerable<string?> streams) =>
        new(null, new StreamsRefused(request.Key, request.Pool, reason, [.. streams.Select(id => Short(id ?? "")).Distinct(StringComparer.Ordinal).Take(NamedMax)]));

    private static string Short(string text) => Words.Harmless(text, 128);

    private void Log(CatalogueRequest request, CatalogueAnswer? answer)
    {
        if (answer?.Done is { } done) RegistryLog.Catalogue(logger, request.Kind, request.Key, request.Pool, done.Added, done.Changed, done.Withdrawn, done.Unchanged);
        if (answer?.Refused is { } refused) RegistryLog.CatalogueRefused(logger, request.Kind, Short(request.Key), Short(request.Pool), refused.Reason);
    }
}
