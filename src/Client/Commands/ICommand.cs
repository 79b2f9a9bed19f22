using System.CommandLine;

namespace Siamese.Client.Commands;

/// <summary>A command of the client. <see cref="ClientCommandLine"/> lists all of them.</summary>
internal interface ICommand
{
    /// <summary>Its name, its options and what it does when it is invoked.</summary>
    Command Describe();
}
