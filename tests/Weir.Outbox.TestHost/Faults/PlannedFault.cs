using System.Runtime.InteropServices;

namespace Weir.Outbox.TestHost.Faults;

/// <summary>The fault that a test asked for.</summary>
public sealed partial class PlannedFault(FaultPoint point, FaultAct act, int at)
{
    private const int SigKill = 9;
    private const int SigStop = 19;
    private int _passed;

    /// <summary>For <see cref="FaultAct.Custom"/>.</summary>
    public Action Custom { get; set; } = () => { };

    /// <summary>False while what passes the points is no message: making the tables commits too.</summary>
    public bool IsArmed { get; set; } = true;

    /// <summary>How often each point was passed.</summary>
    public int Passed => Volatile.Read(ref _passed);

    public void At(FaultPoint here)
    {
        if (!IsArmed || here != point || Interlocked.Increment(ref _passed) != at) return;

        switch (act)
        {
            case FaultAct.Kill:
                _ = Signal(Environment.ProcessId, SigKill);
                break;
            case FaultAct.Stop:
                Console.Out.WriteLine("STOPPED");
                Console.Out.Flush();
                _ = Signal(Environment.ProcessId, SigStop);
                break;
            case FaultAct.Throw:
                throw new FaultException(here);
            default:
                Custom();
                break;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
