using MassTransit;
using Microsoft.AspNetCore.Http;
using Weir.Bus;
using Weir.Persistence.Faults;
using Weir.Persistence.Resilience;

namespace Weir.Diagnostics.Problems;

/// <summary>What an exception of the layers below means to whoever asked.</summary>
internal static class Faults
{
    internal static RefusedException Of(Exception fault) => fault switch
    {
        RefusedException refused => refused,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new(ProblemKind.TooLarge, "The body is larger than 256 KB", inner: fault),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => new(ProblemKind.NotJson, "The body is to be application/json", inner: fault),
        BadHttpRequestException bad => new(ProblemKind.Invalid, bad.Message, inner: fault),
        SendTimedOutException => new(ProblemKind.BusAway, "The broker did not answer in time", inner: fault),
        MessageReturnedException => new(ProblemKind.BusAway, "Nobody listens at that queue: the service that carries it out has never run here", inner: fault),
        RabbitMqConnectionException or TransportException => new(ProblemKind.BusAway, "The broker cannot be reached", inner: fault),
        DatabaseUnavailableException or ConnectionPoolExhaustedException or DatabaseDeadlineException => new(ProblemKind.StoreAway, "The database did not answer in time", inner: fault),
        _ when StoreProbe.IsAway(fault) => new(ProblemKind.StoreAway, "The database cannot be reached", inner: fault),
        _ => new(ProblemKind.Failed, "The service failed on this request", inner: fault),
    };
}
