using System.CommandLine;
using Weir.Cli.Errors;
using Weir.Cli.Dev;
using Weir.Cli.Dev.Fleet;
using Weir.Cli.Asking;
using Weir.Cli.Doctor;
using Weir.Cli.Operating;
using Weir.Cli.Planning;
using Weir.Cli.Relaying;
using Weir.Cli.Storing;

namespace Weir.Cli;

/// <summary>The root of the tool: its verbs, and what a wrong word costs.</summary>
internal static class Weir
{
    internal static int Run(string[] args, Terminal terminal)
    {
        var root = new RootCommand("Keeps every stream on exactly one worker, and the workers level.\n\n  weir plan --input fleet.json")
        {
            PlanVerb.Build(terminal),
            StoreVerb.Build(terminal),
            ErrorsVerb.Build(terminal),
            DevVerb.Build(terminal),
            WorkerVerb.Build(terminal),
            DoctorVerb.Build(terminal),
            RelayVerb.Build(terminal),
        };
        foreach (var verb in FleetVerbs.Build(terminal))
            root.Add(verb);
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                terminal.Words.WriteLine(error.Message);
            terminal.Words.WriteLine("Try: weir --help");
            return ExitCode.Usage;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = terminal.Data, Error = terminal.Words, EnableDefaultExceptionHandler = false });
        }
        catch (InputException refusal)
        {
            terminal.Words.WriteLine(refusal.Message);
            return ExitCode.Usage;
        }
        catch (ApiException answer)
        {
            terminal.Words.WriteLine(answer.Message);
            return answer.Code;
        }
        catch (IOException failure)
        {
            terminal.Words.WriteLine(failure.Message);
            return ExitCode.Failed;
        }
        catch (UnauthorizedAccessException failure)
        {
            terminal.Words.WriteLine(failure.Message);
            return ExitCode.Failed;
        }
    }
}
