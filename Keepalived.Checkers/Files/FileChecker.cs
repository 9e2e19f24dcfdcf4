using System.Runtime.InteropServices;
using Keepalived.Checkers.Interop;

namespace Keepalived.Checkers.Files;

/// <summary>
/// FILE_CHECK: the number in a file, by which others steer a server. keepalived hears of every change at once; give the state
/// <see cref="CheckPolicy.Retries"/> 0, and what is read when the file changes to <see cref="CheckerState.HandleResult"/>, or schedule the
/// checker to have the file read in a rhythm.
/// </summary>
public sealed class FileChecker : IChecker
{
    private const int NoEntry = 2; // errno: ENOENT,
    private const int NoDirectory = 20; // ENOTDIR.

    private readonly string _path;
    private readonly FileCheckRule _rule;

    /// <summary>Follows one file.</summary>
    /// <param name="path">The file. One that does not exist says 0.</param>
    /// <param name="rule">What its number means.</param>
    public FileChecker(string path, FileCheckRule rule)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (_path, _rule) = (path, rule);
    }

    /// <inheritdoc/>
    public ValueTask<CheckResult> CheckAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Check());
    }

    private CheckResult Check()
    {
        Span<byte> text = stackalloc byte[FileNumber.MaxLength];
        using var file = Libc.OpenToRead(_path);
        var length = file.IsInvalid ? -1 : Libc.Read(file, text);
        if (length < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error is not (NoEntry or NoDirectory))
                return CheckResult.LocalError($"{_path} cannot be read: {Marshal.GetPInvokeErrorMessage(error)}");
            length = 0; // What does not exist says 0.
        }

        return FileNumber.TryParse(text[..length], out var number)
            ? _rule.Judge(number)
            : CheckResult.LocalError($"the number in {_path} does not fit 32 bits");
    }
}
