using System.CommandLine;
using Siamese.Client.CommandLine;
using Siamese.Client.Commands;
using Siamese.Client.Commands.Embeddings;
using Siamese.Client.Commands.Ensembles;
using Siamese.Client.Commands.Evaluations;
using Siamese.Client.Commands.Exchange;
using Siamese.Client.Commands.Following;
using Siamese.Client.Commands.Galleries;
using Siamese.Client.Commands.Keys;
using Siamese.Client.Commands.Plots;
using Siamese.Client.Commands.Reports;
using Siamese.Client.Commands.Samples;
using Siamese.Client.Commands.Sweeps;
using Siamese.Client.Commands.Trials;
using Siamese.Client.Commands.Verdicts;
using Siamese.Client.Outcomes;

namespace Siamese.Client;

/// <summary>The commands of the client.</summary>
internal static class ClientCommandLine
{
    /// <summary>Every command, in the order in which the help lists them. A new command is registered here and nowhere else.</summary>
    public static IReadOnlyList<ICommand> All(Surroundings surroundings, CommonOptions common) =>
    [
        new SweepCommand(surroundings, common),
        new StatusCommand(surroundings, common),
        new WatchCommand(surroundings, common),
        new OpenCommand(surroundings, common),
        new TrialsCommand(surroundings, common),
        new ImportanceCommand(surroundings, common),
        new PlotCommand(surroundings, common),
        new ReportCommand(surroundings, common),
        new CancelCommand(surroundings, common),
        new FinishCommand(surroundings, common),
        new RetryCommand(surroundings, common),
        new ExtendCommand(surroundings, common),
        new EnsemblesCommand(surroundings, common),
        new VerdictCommand(surroundings, common),
        new EvaluateCommand(surroundings, common),
        new WorstCommand(surroundings, common),
        new FeedbackCommand(surroundings, common),
        new RecalibrateCommand(surroundings, common),
        new EnrollCommand(surroundings, common),
        new IdentifyCommand(surroundings, common),
        new EnrolledCommand(surroundings, common),
        new ForgetCommand(surroundings, common),
        new EmbedCommand(surroundings, common),
        new ExportCommand(surroundings, common),
        new ImportCommand(surroundings, common),
        new SampleCommand(surroundings, common),
        new RemoveCommand(surroundings, common),
        new KeysCommand(surroundings, common),
    ];

    public static RootCommand Describe(Surroundings surroundings)
    {
        var common = new CommonOptions();
        var root = new RootCommand(
            "Train ensembles of Siamese networks on a cluster of silos, and ask them for verdicts. "
            + $"Exit codes: {ExitCode.Done} done; {ExitCode.NoUsableMember} a sweep has no usable member, or too few members of an ensemble can be loaded; "
            + $"{ExitCode.BadInput} bad input; {ExitCode.NoCluster} no cluster; {ExitCode.SomeFailed} some or all of many rows or images failed; {ExitCode.InternalError} internal error; "
            + $"{ExitCode.Cancelled} cancelled or left.");
        foreach (var command in All(surroundings, common))
            root.Add(command.Describe());
        common.AddTo(root);
        return root;
    }
}
