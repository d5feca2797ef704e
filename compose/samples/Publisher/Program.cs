// publisher [amqp://…] [how many] [kind]: declares streams in one request of numbered parts, hears the one answer, and the facts until Ctrl-C.
using MassTransit;
using Weir.Contracts.Catalogue;
using Weir.Contracts.Ownership;

var (broker, count, kind) = (args.ElementAtOrDefault(0) ?? "amqp://localhost", int.Parse(args.ElementAtOrDefault(1) ?? "10000", provider: null), args.ElementAtOrDefault(2) ?? "ticker");
var ask = $"weir.ask.publisher-{Environment.ProcessId}"; // a queue of its own, gone with it
var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
{
    rabbit.Host(new Uri(broker));
    rabbit.ReceiveEndpoint(ask, queue =>
    {
        (queue.ConfigureConsumeTopology, queue.Durable, queue.AutoDelete, queue.Exclusive) = (false, false, true, true);
        queue.Bind("weir.events", facts => (facts.ExchangeType, facts.RoutingKey) = ("topic", "StreamsRunning.#"));
        queue.Handler<StreamsDeclared>(answer => Console.Out.WriteLineAsync($"{answer.Message}"));
        queue.Handler<StreamsRefused>(answer => Console.Out.WriteLineAsync($"{answer.Message}"));
        queue.Handler<StreamsRunning>(fact => Console.Out.WriteLineAsync($"{fact.Message.Streams.Count} streams run"));
    });
});
await bus.StartAsync();
var door = await bus.GetSendEndpoint(new Uri("exchange:weir.registry.streams"));
var streams = Enumerable.Range(1, count).Select(i => new StreamDeclaration($"stream-{i:00000}", kind));
foreach (var part in DeclareStreams.InParts(key: ask, "default", streams, by: "publisher", answerTo: ask))
    await door.Send(part, send => ((RabbitMqSendContext)send).Mandatory = true); // else what no queue takes is lost without a word
await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
