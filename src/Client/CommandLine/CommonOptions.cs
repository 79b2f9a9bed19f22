using System.Collections.Immutable;
using System.CommandLine;
using Siamese.Client.Connections;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Connections;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.CommandLine;

/// <summary>Options of every command.</summary>
internal sealed class CommonOptions
{
    private readonly Option<string> _format = new("--format")
    {
        Description = "Output format: text, or json for exactly one JSON document on standard output.",
        HelpName = "text|json",
        DefaultValueFactory = _ => "text",
        Recursive = true,
    };

    private readonly Option<string[]> _silo = new("--silo")
    {
        Description = "Use a running silo instead of the local one; repeatable. One that answers is enough: it knows the others.",
        HelpName = "HOST:PORT",
        Recursive = true,
    };

    private readonly Option<string?> _clusterId = new("--cluster-id")
    {
        Description = $"Id of the cluster behind --silo. [default: {ClusterNames.DefaultClusterId}]",
        HelpName = "ID",
        Recursive = true,
    };

    private readonly Option<string?> _tlsCertificate = OfFile("--tls-certificate", "PEM file of this client's certificate, if the silos require TLS");
    private readonly Option<string?> _tlsKey = OfFile("--tls-key", "PEM file of this client's private key");
    private readonly Option<string?> _tlsAuthority = OfFile("--tls-authority", "PEM file of the authority that issued the silos' certificates");

    private readonly Option<string?> _secret = OfFile("--secret", "File with the secret of silos on this machine, if it is not in the data folder");

    private readonly Option<bool> _insecure = new("--insecure")
    {
        Description = "Connect to silos on other machines without TLS: everyone on that network may read and do everything.",
        Recursive = true,
    };

    public void AddTo(RootCommand root)
    {
        root.Add(_format);
        root.Add(_silo);
        root.Add(_clusterId);
        root.Add(_tlsCertificate);
        root.Add(_tlsKey);
        root.Add(_tlsAuthority);
        root.Add(_secret);
        root.Add(_insecure);
    }

    public OutputFormat Format(ParseResult line) => Word.Read<OutputFormat>("--format", line.GetValue(_format) ?? "");

    /// <param name="slots">Slots of the local silo, if it has to be started.</param>
    public ClusterChoice Cluster(ParseResult line, int? slots = null)
    {
        var silos = (line.GetValue(_silo) ?? []).Select(GatewayAddress.Parse).ToImmutableArray();
        var id = line.GetValue(_clusterId);
        if (id is not null && silos.IsEmpty)
            throw new BadInputException("--cluster-id: only valid with --silo; the local silo has its own id.");
        if (id is not null)
            SweepId.Check("--cluster-id", id);
        var insecure = line.GetValue(_insecure);
        if (insecure && silos.IsEmpty)
            throw new BadInputException("--insecure: only valid with --silo; the local silo needs no other machine.");
        var tls = TlsFilesOf(line, isLocal: silos.IsEmpty);
        if (insecure && tls is not null)
            throw new BadInputException("--insecure cannot be combined with --tls-certificate; state one.");
        return new(silos, id, slots) { Tls = tls, IsInsecure = insecure, Secret = FileOf(line, _secret, isLocal: silos.IsEmpty) };
    }

    private TlsFiles? TlsFilesOf(ParseResult line, bool isLocal) =>
        TlsFiles.Of(FileOf(line, _tlsCertificate, isLocal), FileOf(line, _tlsKey, isLocal), FileOf(line, _tlsAuthority, isLocal));

    /// <summary>Takes a file from the command line, else from the environment. The environment does not apply to the local silo.</summary>
    private static string? FileOf(ParseResult line, Option<string?> option, bool isLocal) => (line.GetValue(option), isLocal) switch
    {
        ({ }, true) => throw new BadInputException($"{option.Name}: only valid with --silo; the local silo accepts no other clients."),
        (null, true) => null,
        ({ } stated, false) => stated,
        (null, false) => Environment.GetEnvironmentVariable(VariableOf(option.Name)) is { Length: > 0 } file ? file : null,
    };

    private static Option<string?> OfFile(string name, string description) => new(name)
    {
        Description = $"{description} (or set {VariableOf(name)}).",
        HelpName = "FILE",
        Recursive = true,
    };

    private static string VariableOf(string option) => $"SIAMESE_{option[2..].Replace('-', '_').ToUpperInvariant()}";
}
