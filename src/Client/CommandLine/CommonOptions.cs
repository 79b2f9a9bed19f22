using System.Collections.Immutable;
using System.CommandLine;
using Siamese.Client.Connections;
using Siamese.Contracts;

namespace Siamese.Client.CommandLine;

/// <summary>Options that every command has.</summary>
internal sealed class CommonOptions
{
    private readonly Option<string> _format = new("--format")
    {
        Description = "text, or json: exactly one JSON document on standard output.",
        HelpName = "text|json",
        DefaultValueFactory = _ => "text",
        Recursive = true,
    };

    private readonly Option<string[]> _silo = new("--silo")
    {
        Description = "A running silo instead of the local one; repeatable, the first that answers is used.",
        HelpName = "HOST:PORT",
        Recursive = true,
    };

    private readonly Option<string?> _clusterId = new("--cluster-id")
    {
        Description = $"Id of the cluster behind --silo; {ClusterNames.DefaultClusterId} where none is stated.",
        HelpName = "ID",
        Recursive = true,
    };

    public void AddTo(RootCommand root)
    {
        root.Add(_format);
        root.Add(_silo);
        root.Add(_clusterId);
    }

    public OutputFormat Format(ParseResult line) => Word.Read<OutputFormat>("--format", line.GetValue(_format) ?? "");

    /// <param name="slots">Slots of a local silo that has to be started.</param>
    public ClusterChoice Cluster(ParseResult line, int? slots = null)
    {
        var silos = (line.GetValue(_silo) ?? []).Select(GatewayAddress.Parse).ToImmutableArray();
        var id = line.GetValue(_clusterId);
        if (id is not null && silos.IsEmpty)
            throw new BadInputException("--cluster-id: only with --silo; the local silo has an id of its own.");
        if (id is not null)
            SweepName.Check("--cluster-id", id);
        return new(silos, id, slots);
    }
}
