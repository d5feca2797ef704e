namespace Weir.Worker;

/// <summary>What becomes of a worker one of whose handlers does not end though it was told to.</summary>
public enum StuckHandler
{
    /// <summary>The beats say so: the worker is given nothing new and a person is told. Its other streams go on.</summary>
    Alert,

    /// <summary>The process ends (exit code 70) and all its streams are placed anew.</summary>
    ExitProcess,
}
