namespace Weir.Persistence.Faults;

/// <summary>SQLite's primary result codes in our categories.</summary>
internal static class SqliteCodes
{
    private const int Error = 1;
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Interrupt = 9;
    private const int Full = 13;
    private const int Schema = 17;
    private const int TooBig = 18;
    private const int Constraint = 19;
    private const int Mismatch = 20;
    private const int Authorization = 23;
    private const int Range = 25;

    internal static FaultCategory Judge(int code) => code switch
    {
        Busy or Locked => FaultCategory.LockTimeout,
        Interrupt => FaultCategory.Timeout,
        Full => FaultCategory.DiskFull,
        Constraint => FaultCategory.Constraint,
        TooBig or Mismatch or Range => FaultCategory.Data,
        Error or Schema => FaultCategory.Syntax,
        Permission or ReadOnly or Authorization => FaultCategory.Permission,
        _ => FaultCategory.Unknown,
    };
}
