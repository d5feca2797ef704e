namespace Weir.Core.Leases;

/// <summary>Whether an incarnation may still be renewed. It goes from Live to Fenced once and never back.</summary>
public enum LeaseState
{
    /// <summary>Beats renew it.</summary>
    Live,

    /// <summary>Never renewed again; another may start its streams by the rule of grants.</summary>
    Fenced,
}
