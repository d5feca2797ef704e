// publisher [amqp://…] [how many] [kind] [Unfenced|Fenced] [--listen]: declares streams in one request of numbered parts, hears one answer and the facts.
using System.Globalization;
using MassTransit;
using Weir.Contracts.Catalogue;
using Weir.Contracts.Ownership;

var count = int.Parse(args.ElementAtOrDefault(1) ?? "10000", CultureInfo.InvariantCulture);
var (kind, fenced) = (args.ElementAtOrDefault(2) ?? "ticker", Enum.Parse<StreamClass>(args.ElementAtOrDefault(3) ?? nameof(StreamClass.Unfenced)));
var (ask, key, answered) = ($"weir.ask.publisher-{Environment.ProcessId}", $"publisher-{Environment.ProcessId}-{count}", new TaskCompletionSource());
var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
{
    rabbit.Host(new Uri(args.ElementAtOrDefault(0) ?? "amqp://guest:guest@localhost/"));
    rabbit.ReceiveEndpoint(ask, queue =>
    {
        (queue.ConfigureConsumeTopology, queue.Durable, queue.AutoDelete, queue.Exclusive) = (false, false, true, true);
        queue.Bind("weir.events", facts => (facts.ExchangeType, facts.RoutingKey) = ("topic", "StreamsRunning.#"));
        queue.Handler<StreamsRunning>(fact => Console.Out.WriteLineAsync($"{fact.Message.Streams.Count} streams run"));
        queue.Handler<StreamsDeclared>(answer => HeardAsync(answer.Message.Key, answer.Message));
        queue.Handler<StreamsRefused>(answer => HeardAsync(answer.Message.Key, answer.Message));
    });
});
await bus.StartAsync();

var door = await bus.GetSendEndpoint(new Uri("exchange:weir.registry.streams"));
var parts = Enumerable.Range(1, count).Select(i => new StreamDeclaration($"stream-{i:00000}", kind, Class: fenced)).Chunk(200).ToList();
foreach (var (index, streams) in parts.Index())
    await door.Send(new DeclareStreams(key, "default", index + 1, parts.Count, streams, By: "publisher", AnswerTo: ask), Pipe.Execute<SendContext<DeclareStreams>>(send => MustArrive(send)));
await answered.Task.WaitAsync(TimeSpan.FromSeconds(60));
if (args.Contains("--listen"))
    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
await bus.StopAsync();

static void MustArrive(SendContext send) => ((RabbitMqSendContext)send).Mandatory = true; // else what no queue takes is lost without a word

async Task HeardAsync(string of, object answer)
{
    await Console.Out.WriteLineAsync($"{answer}");
    if (of == key)
        answered.TrySetResult();
}
