using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Keepalived.Daemon.Tests.Mail;

/// <summary>A mail server on loopback that does what a test says, and keeps what it was told.</summary>
internal sealed class MailServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Func<string, string?> _answer;

    /// <param name="answer">What to answer to a command instead of the usual; null for the usual, "" for silence.</param>
    public MailServer(Func<string, string?>? answer = null)
    {
        _answer = answer ?? (static _ => null);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections there were.</summary>
    public int Connections { get; private set; }

    /// <summary>All lines of all connections.</summary>
    public string[] Lines => [.. _lines];

    public IEnumerable<string> Subjects => Lines.Where(static line => line.StartsWith("Subject: ", StringComparison.Ordinal))
        .Select(static line => line["Subject: ".Length..]);

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync().ConfigureAwait(false);
                Connections++;
                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        try
        {
            await AnswerAsync("", "220 mail.example ESMTP").ConfigureAwait(false);
            var inText = false;
            while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                _lines.Enqueue(line);
                if (inText && line != ".")
                    continue;
                var usual = line switch
                {
                    "DATA" => "354 go ahead",
                    "QUIT" => "221 bye",
                    _ => "250 ok",
                };
                var accepted = await AnswerAsync(line, usual).ConfigureAwait(false);
                inText = line == "DATA" && accepted == usual;
            }
        }
        catch (IOException)
        {
            // The client is gone.
        }

        async Task<string> AnswerAsync(string command, string usual)
        {
            var text = _answer(command) ?? usual;
            if (text.Length > 0)
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n")).ConfigureAwait(false);
            return text;
        }
    }
}
