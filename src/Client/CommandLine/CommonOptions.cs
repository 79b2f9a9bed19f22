using System.Collections.Immutable;
using System.CommandLine;
using Siamese.Client.Connections;
using Siamese.Contracts;
using Siamese.Contracts.Connections;

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
        Description = "A running silo instead of the local one; repeatable. One that answers is enough: it knows the others.",
        HelpName = "HOST:PORT",
        Recursive = true,
    };

    private readonly Option<string?> _clusterId = new("--cluster-id")
    {
        Description = $"Id of the cluster behind --silo; {ClusterNames.DefaultClusterId} where none is stated.",
        HelpName = "ID",
        Recursive = true,
    };

    private readonly Option<string?> _tlsCertificate = Tls("--tls-certificate", "PEM file of this client's certificate, where the silos demand TLS");
    private readonly Option<string?> _tlsKey = Tls("--tls-key", "PEM file of its private key");
    private readonly Option<string?> _tlsAuthority = Tls("--tls-authority", "PEM file of the authority that issued the silos' certificates");

    public void AddTo(RootCommand root)
    {
        root.Add(_format);
        root.Add(_silo);
        root.Add(_clusterId);
        root.Add(_tlsCertificate);
        root.Add(_tlsKey);
        root.Add(_tlsAuthority);
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
        return new(silos, id, slots) { Tls = TlsFilesOf(line, isLocal: silos.IsEmpty) };
    }

    /// <summary>What the command line states, else the environment. The environment is not meant for the local silo.</summary>
    private TlsFiles? TlsFilesOf(ParseResult line, bool isLocal)
    {
        Option<string?>[] options = [_tlsCertificate, _tlsKey, _tlsAuthority];
        if (isLocal)
        {
            return options.FirstOrDefault(option => line.GetValue(option) is not null) is { } stated
                ? throw new BadInputException($"{stated.Name}: only with --silo; the local silo takes no other clients.")
                : null;
        }

        string?[] files = [.. options.Select(option => line.GetValue(option) ?? Environment.GetEnvironmentVariable(VariableOf(option.Name)))];
        return TlsFiles.Of(files[0], files[1], files[2]);
    }

    private static Option<string?> Tls(string name, string description) => new(name)
    {
        Description = $"{description}; else {VariableOf(name)}.",
        HelpName = "FILE",
        Recursive = true,
    };

    private static string VariableOf(string option) => $"SIAMESE_{option[2..].Replace('-', '_').ToUpperInvariant()}";
}
