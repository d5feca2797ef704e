using Weir.Bus.Names;
using Weir.Contracts.Leases;

namespace Weir.Registry.Beats;

/// <summary>
/// A canary has the shape of a beat, for the beats' queue takes one message; its sender's name stands where a worker's id does, behind
/// a mark that no worker's id can have.
/// </summary>
internal static class CanaryName
{
    private const string Mark = ".canary.";

    internal static WorkerBeat Canary(RegistryProcess replica, long number) => new(Mark + replica.Name, 0, number, 0, 0, 0);

    internal static bool TryRead(WorkerBeat? message, out string replica)
    {
        var isCanary = message?.WorkerId?.StartsWith(Mark, StringComparison.Ordinal) == true && Names.IsPart(message.WorkerId[Mark.Length..]);
        replica = isCanary ? message!.WorkerId[Mark.Length..] : "";
        return isCanary;
    }

    internal static string Queue(string replica) => $"{BrokerNames.ServiceQueue(Endpoints.Service, "canary")}.{replica}";
}
