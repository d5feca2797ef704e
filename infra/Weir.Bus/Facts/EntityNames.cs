using MassTransit;
using Weir.Bus.Names;

namespace Weir.Bus.Facts;

/// <summary>Which exchange a published message goes to.</summary>
internal sealed class EntityNames(IEntityNameFormatter others) : IEntityNameFormatter
{
    public string FormatEntityName<T>()
    {
        if (FactTypes.Contains(typeof(T)))
            return BrokerNames.Events;
        return typeof(T).IsAssignableTo(typeof(Fault)) || typeof(T) == typeof(ReceiveFault) ? BrokerNames.Faults : others.FormatEntityName<T>();
    }
}
