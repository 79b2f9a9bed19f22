using System.CommandLine;
using Siamese.Client.Commands;

namespace Siamese.Client.CommandLine;

/// <summary>The commands of the client.</summary>
internal static class ClientCommandLine
{
    public static RootCommand Describe(Surroundings surroundings)
    {
        var common = new CommonOptions();
        var root = new RootCommand(
            "Train ensembles of Siamese networks on a cluster of silos, and ask them for verdicts. "
            + $"Exit codes: {ExitCode.Done} done; {ExitCode.NoUsableMember} a sweep has no usable member, or too few members of an ensemble can be loaded; "
            + $"{ExitCode.BadInput} bad input; {ExitCode.NoCluster} no cluster; {ExitCode.InternalError} internal error; "
            + $"{ExitCode.Cancelled} cancelled or left.")
        {
            new SweepCommand(surroundings, common).Describe(),
            new StatusCommand(surroundings, common).Describe(),
            new WatchCommand(surroundings, common).Describe(),
            new TrialsCommand(surroundings, common).Describe(),
            new ImportanceCommand(surroundings, common).Describe(),
            new CancelCommand(surroundings, common).Describe(),
            new RetryCommand(surroundings, common).Describe(),
            new ExtendCommand(surroundings, common).Describe(),
            new EnsemblesCommand(surroundings, common).Describe(),
            new VerdictCommand(surroundings, common).Describe(),
            new EvaluateCommand(surroundings, common).Describe(),
            new WorstCommand(surroundings, common).Describe(),
            new FeedbackCommand(surroundings, common).Describe(),
            new RecalibrateCommand(surroundings, common).Describe(),
            new EnrollCommand(surroundings, common).Describe(),
            new IdentifyCommand(surroundings, common).Describe(),
            new EnrolledCommand(surroundings, common).Describe(),
            new ForgetCommand(surroundings, common).Describe(),
            new ExportCommand(surroundings, common).Describe(),
            new ImportCommand(surroundings, common).Describe(),
            new SampleCommand(surroundings, common).Describe(),
            new RemoveCommand(surroundings, common).Describe(),
        };
        common.AddTo(root);
        return root;
    }
}
