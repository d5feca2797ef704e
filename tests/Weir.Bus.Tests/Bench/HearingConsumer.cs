using MassTransit;

namespace Weir.Bus.Tests.Bench;

internal sealed class HearingConsumer<T>(Heard<T> heard) : IConsumer<T>
    where T : class
{
    public Task Consume(ConsumeContext<T> context) => heard.TakeAsync(context);
}
