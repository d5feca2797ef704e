using MassTransit;

namespace Weir.Outbox;

/// <summary>Puts sagas into a DbContext.</summary>
public static class SagaRepositoryExtensions
{
    /// <summary>
    /// Keeps the saga in a DbContext; on an endpoint with the outbox, in the same transaction as its inbox row and messages.
    /// Its endpoint needs a retry outside the outbox (<see cref="ConflictRetryExtensions.UseConflictRetry"/>), because one
    /// of two parallel events may have to run again.
    /// </summary>
    /// <exception cref="ConfigurationException">No DbContext or no database was chosen.</exception>
    public static ISagaRegistrationConfigurator<TSaga> EntityFrameworkRepository<TSaga>(
        this ISagaRegistrationConfigurator<TSaga> saga, Action<EntityFrameworkSagaRepositoryConfigurator<TSaga>> configure)
        where TSaga : class, ISaga
    {
        var options = new EntityFrameworkSagaRepositoryConfigurator<TSaga>();
        configure(options);
        return saga.Repository(services => options.Register(services));
    }
}
