using MassTransit;
using Weir.Contracts.Catalogue;

namespace Weir.Diagnostics.Changes;

/// <summary>Hears how a request about the catalogue ended.</summary>
internal sealed class AnswerConsumer(CatalogueAnswers answers) : IConsumer<StreamsDeclared>, IConsumer<StreamsRefused>
{
    public Task Consume(ConsumeContext<StreamsDeclared> context)
    {
        answers.Answer(context.Message);
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<StreamsRefused> context)
    {
        answers.Answer(context.Message);
        return Task.CompletedTask;
    }
}
