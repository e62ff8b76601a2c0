#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>

#include "commands.hpp"
#include "platform/http/server.hpp"
#include "web_api.hpp"

namespace jiuzhu {
namespace {

/// Blocks until SIGINT or SIGTERM. The signals were blocked before any thread started, so that only this one gets them.
void wait_for_signal(const sigset_t& signals) {
  int signal = 0;
  sigwait(&signals, &signal);
}

sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

}  // namespace

void add_serve(CLI::App& app, Settings& settings) {
  CLI::App* command = app.add_subcommand("serve", "serve the web page and the HTTP API");
  command->add_option("--address", settings.address, "address to listen on")
      ->envname("JIUZHU_ADDRESS")
      ->capture_default_str();
  command->add_option("--port", settings.port, "port to listen on; 0 takes a free one")
      ->envname("JIUZHU_PORT")
      ->capture_default_str();
  command->add_option("--workers", settings.worker_count, "requests handled at the same time")
      ->envname("JIUZHU_WORKERS")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  command->add_option("--trusted-proxy", settings.trusted_proxies, "address whose X-Forwarded-For is believed")
      ->envname("JIUZHU_TRUSTED_PROXIES");
  command->add_flag("--behind-tls", settings.behind_tls, "a proxy in front serves HTTPS: cookies are marked Secure")
      ->envname("JIUZHU_BEHIND_TLS");
  command->callback([&settings] {
    const sigset_t signals = block_signals();
    const auto program = open_or_exit(settings, SchemaCheck::must_be_current);
    WebApi web(*program);
    web.start_jobs();
    auto server = value_or_exit(http::Server::start({.address = settings.address,
                                                     .port = settings.port,
                                                     .worker_count = settings.worker_count,
                                                     .trusted_proxies = settings.trusted_proxies},
                                                    [&web](http::Request& request) { return web.answer(request); }),
                                program->messages());
    std::cout << "http://" << settings.address << ":" << server->port() << std::endl;
    wait_for_signal(signals);
    server->stop(10);
  });
}

}  // namespace jiuzhu
