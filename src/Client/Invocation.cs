using System.CommandLine;
using System.CommandLine.Parsing;
using Siamese.Client.Commands;
using Siamese.Client.Outcomes;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Ensembles;

namespace Siamese.Client;

/// <summary>Runs a command line. Every failure becomes one sentence on standard error and an <see cref="ExitCode"/>.</summary>
internal static class Invocation
{
    private static readonly ParserConfiguration _parser = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    public static async Task<int> Run(string[] args, Surroundings surroundings, CrashLog crashes)
    {
        var error = surroundings.Terminal.Error;
        try
        {
            var line = ClientCommandLine.Describe(surroundings).Parse(args, _parser);
            if (line.Errors.Count > 0 || MistypedOption(line) is not null)
                throw new BadInputException(Sentence(line));
            return await line.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                // Interruptions handles signals.
                ProcessTerminationTimeout = null,
                Output = surroundings.Terminal.Out,
                Error = error,
            });
        }
        catch (Exception e) when (e is BadInputException or RefusedException)
        {
            error.WriteLine(e.Message);
            return ExitCode.BadInput;
        }
        catch (NoQuorumException e)
        {
            error.WriteLine(e.Message);
            return ExitCode.NoUsableMember;
        }
        catch (NoClusterException e)
        {
            error.WriteLine(e.Message);
            return ExitCode.NoCluster;
        }
        catch (OperationCanceledException) when (surroundings.End.IsCancellationRequested)
        {
            return ExitCode.Cancelled;
        }
        catch (Exception e)
        {
            error.WriteLine($"Internal error: {e.Message.ReplaceLineEndings(" ")} {crashes.Write(e)}");
            return ExitCode.InternalError;
        }
    }

    /// <summary>An unknown option that was taken for an argument, as in `verdict a.png --ensembel`.</summary>
    private static string? MistypedOption(ParseResult line) =>
        line.CommandResult.Tokens.FirstOrDefault(token => token.Value.StartsWith("--", StringComparison.Ordinal))?.Value;

    /// <summary>The first error of a command line, with a hint on what to do.</summary>
    private static string Sentence(ParseResult line)
    {
        var (command, path) = (line.CommandResult.Command, Path(line.CommandResult));
        if (command.Subcommands.Count > 0 && line.UnmatchedTokens.Count == 0)
            return $"Name a command: {string.Join(", ", command.Subcommands.Select(c => c.Name))}; `{path} --help` explains them.";
        var stray = MistypedOption(line) ?? (line.UnmatchedTokens.Count > 0 ? line.UnmatchedTokens[0] : null);
        var first = stray is not null ? Unmatched(stray) : line.Errors[0].Message.TrimEnd('.');
        return $"{first.ReplaceLineEndings(" ")}; see `{path} --help`.";
    }

    /// <summary>A command as it is written, such as `client keys add`.</summary>
    private static string Path(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Path(parent)} {command.Command.Name}" : "client";

    private static string Unmatched(string token) =>
        token.StartsWith('-') ? $"Unknown option '{token}'" : $"Unexpected argument '{token}'";
}
