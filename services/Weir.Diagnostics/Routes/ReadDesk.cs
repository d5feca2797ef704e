using Microsoft.Extensions.DependencyInjection;
using Weir.Persistence.Resilience;

namespace Weir.Diagnostics.Routes;

/// <summary>One reading of the database, as a unit of work that writes nothing.</summary>
internal sealed class ReadDesk(DatabaseResilience database)
{
    internal Task<T> ReadAsync<TReader, T>(string operation, Func<TReader, CancellationToken, Task<T>> read, CancellationToken cancel)
        where TReader : notnull => database.RunAsync(
            new DatabaseCall(operation) { ReadsOnly = true }, (unit, token) => read(unit.Services.GetRequiredService<TReader>(), token), cancel);

    internal Task<T> ReadAsync<T>(string operation, Func<IServiceProvider, CancellationToken, Task<T>> read, CancellationToken cancel) =>
        database.RunAsync(new DatabaseCall(operation) { ReadsOnly = true }, (unit, token) => read(unit.Services, token), cancel);
}
