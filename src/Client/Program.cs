using Siamese.Client;
using Siamese.Client.Commands;
using Siamese.Client.Connections;
using Siamese.Client.Terminals;

var clock = TimeProvider.System;
var terminal = Terminal.OfProcess(clock);
using var interruptions = Interruptions.OfProcess(terminal);
var connector = new Connector(terminal.Error, clock);
return await Invocation.Run(args, new Surroundings(terminal, connector, interruptions, clock), CrashLog.OfUser(clock));
