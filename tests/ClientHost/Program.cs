using System.Text.Json;
using Siamese.Client;
using Siamese.Client.Commands;
using Siamese.Client.Connections;
using Siamese.Client.Terminals;

// Runs command lines of the client one after the other in one process, because starting the client takes longer than most
// commands. Each line of standard input is a JSON array of arguments; each line of standard output is a JSON array of the exit
// code and of what the client wrote to standard output and standard error.
var clock = TimeProvider.System;
while (await Console.In.ReadLineAsync() is { } line)
{
    using var output = new StringWriter();
    using var error = new StringWriter();
    var terminal = new Terminal(Terminal.Plain(output), output, error, IsLive: false, CanAsk: false, ErrorWidth: null, _ => Task.FromResult<char?>(null));
    using var interruptions = new Interruptions(_ => { });
    var code = await Invocation.Run(
        JsonSerializer.Deserialize<string[]>(line)!,
        new Surroundings(terminal, new Connector(error, clock), interruptions, clock),
        CrashLog.OfUser(clock));
    await Console.Out.WriteLineAsync(JsonSerializer.Serialize<object[]>([code, output.ToString(), error.ToString()]));
}
