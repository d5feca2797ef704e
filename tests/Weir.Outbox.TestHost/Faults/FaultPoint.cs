namespace Weir.Outbox.TestHost.Faults;

/// <summary>A line at which a process may die, in the order a message passes them.</summary>
public enum FaultPoint
{
    None,
    ConsumerEntered,
    RowAdded,
    RowSaved,
    Published,
    Saving,
    Saved,
    Committing,
    Committed,
    Received,
    DeliverySending,
    DeliverySent,
    DeliveryCommitting,
    DeliveryCommitted,
}
