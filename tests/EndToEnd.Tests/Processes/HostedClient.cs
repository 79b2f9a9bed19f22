using System.Text.Json;

namespace Siamese.EndToEnd.Tests.Processes;

/// <summary>A process that runs one command line of the client after the other.</summary>
/// <param name="host">The process.</param>
internal sealed class HostedClient(RunningProgram host) : IAsyncDisposable
{
    private int _answered;

    /// <summary>Runs a command line to its end.</summary>
    public async Task<Outcome> Run(string[] arguments)
    {
        await host.Type($"{JsonSerializer.Serialize(arguments)}\n");
        await host.Until(() => Answers().Length > _answered, $"it answered `client {string.Join(' ', arguments)}`");
        using var answer = JsonDocument.Parse(Answers()[_answered++]);
        var (code, output, error) = (answer.RootElement[0].GetInt32(), answer.RootElement[1].GetString()!, answer.RootElement[2].GetString()!);
        return new Outcome($"client {string.Join(' ', arguments)}", code, output, error);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    /// <summary>The complete lines of its standard output.</summary>
    private string[] Answers() => host.Out.Split('\n')[..^1];
}
