using Siamese.Client.CommandLine;
using Siamese.Client.Commands;

namespace Siamese.Client.Tests.CommandLine;

public sealed class CommandsTests
{
    [Fact]
    public void Every_command_is_registered()
    {
        using var client = new ClientRun();
        var registered = ClientCommandLine.All(client.Surroundings, new CommonOptions()).Select(command => command.GetType());
        var written = typeof(ICommand).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(ICommand)) && !type.IsAbstract);

        var missing = written.Except(registered).Select(type => type.Name).ToArray();
        Assert.True(missing.Length == 0, $"{string.Join(", ", missing)}: add a line to {nameof(ClientCommandLine)}.{nameof(ClientCommandLine.All)}, else nobody can run it.");
    }

    [Fact]
    public async Task The_help_lists_the_names_that_only_a_silo_knows()
    {
        using var client = new ClientRun();

        Assert.Equal(0, await client.Run("sweep", "--help"));
        Assert.Contains("Losses: contrastive, triplet,", client.Out, StringComparison.Ordinal);
        Assert.Contains("Length of the list with --pairing listed.", client.Out, StringComparison.Ordinal);
    }
}
